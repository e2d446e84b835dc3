import { queryOptions } from '@tanstack/react-query';
import { answered, api } from '../../../shared/api/api.ts';

/** What opens and closes the sessions of each unit; asked for again with the bulletins. */
export const identsQuery = queryOptions({
  queryKey: ['bulletins', 'idents'],
  queryFn: () => answered(api.idents.$get()),
});
