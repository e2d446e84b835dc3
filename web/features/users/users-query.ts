import { queryOptions } from '@tanstack/react-query';
import { answered, api } from '../../shared/api/api.ts';

export const usersQuery = queryOptions({
  queryKey: ['users'],
  queryFn: () => answered(api.users.$get()),
});
