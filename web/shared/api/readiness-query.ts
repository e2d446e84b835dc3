import { queryOptions } from '@tanstack/react-query';
import { answered, api } from './api.ts';

/** Speakers report themselves every minute. */
const REFRESH_MS = 60_000;

const readReadiness = () => answered(api.readiness.$get());

/** What one speaker lacks. */
export type Readiness = Awaited<ReturnType<typeof readReadiness>>[number];

/** What speakers lack for the next fourteen days, and which withdrawals they do not know of. */
export const readinessQuery = queryOptions({
  queryKey: ['readiness'],
  queryFn: readReadiness,
  refetchInterval: REFRESH_MS,
});
