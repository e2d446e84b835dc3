import { queryOptions } from '@tanstack/react-query';
import { answered, api } from '../../shared/api/api.ts';

// A form of earlier answers would undo what others saved since: nothing is kept between two looks.

export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  gcTime: 0,
  queryFn: () => answered(api.settings.$get()),
});

export const limitsApprovalQuery = queryOptions({
  queryKey: ['limitsApproval'],
  gcTime: 0,
  queryFn: () => answered(api.limits.approval.$get()),
});

export const makeGoodPolicyQuery = queryOptions({
  queryKey: ['makeGoodPolicy'],
  queryFn: () => answered(api['make-good'].policy.$get()),
});
