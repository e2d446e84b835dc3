import { queryOptions } from '@tanstack/react-query';
import { answered, api } from '../../../shared/api/api.ts';

/** A bulletin's versions, and everything that happened to them. */
export const threadQuery = (id: string) =>
  queryOptions({
    queryKey: ['bulletinComments', id],
    queryFn: () => answered(api.bulletins[':id'].thread.$get({ param: { id } })),
  });
