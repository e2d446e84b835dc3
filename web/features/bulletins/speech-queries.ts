import { queryOptions } from '@tanstack/react-query';
import { answered, api } from '../../shared/api/api.ts';

/** The voices that scripts can be read by. */
export const voicesQuery = queryOptions({
  queryKey: ['voices'],
  queryFn: () => answered(api.speech.voices.$get()),
});

/** The words that the site says in its own way. */
export const pronunciationsQuery = queryOptions({
  queryKey: ['pronunciations'],
  queryFn: () => answered(api.speech.pronunciations.$get()),
});
