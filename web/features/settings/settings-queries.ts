import { queryOptions } from '@tanstack/react-query';
import { answered, api } from '../../shared/api/api.ts';

export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: () => answered(api.settings.$get()),
});

export const boundsQuery = queryOptions({
  queryKey: ['limits'],
  queryFn: () => answered(api.limits.$get()),
});

export const makeGoodPolicyQuery = queryOptions({
  queryKey: ['makeGoodPolicy'],
  queryFn: () => answered(api['make-good'].policy.$get()),
});
