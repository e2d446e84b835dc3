import { queryOptions } from '@tanstack/react-query';
import { answered, api } from './api.ts';

/** How loud and how long speakers sound at the most; never kept, as a form of it would undo what others saved. */
export const boundsQuery = queryOptions({
  queryKey: ['limits'],
  gcTime: 0,
  queryFn: () => answered(api.limits.$get()),
});
