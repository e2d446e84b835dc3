import { queryOptions } from '@tanstack/react-query';
import { answered, api } from '../../../shared/api/api.ts';

/** The telephone numbers that scripts ask for. */
export const hotlinesQuery = queryOptions({
  queryKey: ['hotlines'],
  queryFn: () => answered(api.hotlines.$get()),
});

/** What changed numbers leave to do; asked for again with the bulletins. */
export const numberWorkQuery = queryOptions({
  queryKey: ['bulletins', 'numbers'],
  queryFn: () => answered(api.hotlines.uses.$get()),
});
