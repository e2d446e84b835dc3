import { queryOptions } from '@tanstack/react-query';
import { answered, api } from '../../shared/api/api.ts';

export const rulesQuery = queryOptions({
  queryKey: ['rules'],
  queryFn: () => answered(api.rules.$get()),
});

export const capsQuery = queryOptions({
  queryKey: ['caps'],
  queryFn: () => answered(api.caps.$get()),
});

export const programmesQuery = queryOptions({
  queryKey: ['programmes'],
  queryFn: () => answered(api.programmes.$get()),
});

export const directivesQuery = queryOptions({
  queryKey: ['directives'],
  queryFn: () => answered(api.directives.$get()),
});

/** A cap in one of its versions. */
export type Cap = Awaited<ReturnType<NonNullable<(typeof capsQuery)['queryFn']>>>[number];
