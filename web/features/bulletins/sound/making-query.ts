import { queryOptions } from '@tanstack/react-query';
import { answered, api } from '../../../shared/api/api.ts';

/** How the clip of a bulletin was made: a version's clip never changes. */
export const makingQuery = (id: string) =>
  queryOptions({
    queryKey: ['making', id],
    queryFn: () => answered(api.bulletins[':id'].making.$get({ param: { id } })),
    staleTime: Number.POSITIVE_INFINITY,
  });
