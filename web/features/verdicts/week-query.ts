import { queryOptions } from '@tanstack/react-query';
import { answered, api } from '../../shared/api/api.ts';

export const rulesQuery = queryOptions({
  queryKey: ['rules'],
  queryFn: () => answered(api.rules.$get()),
});

/** What the logs say of the week that holds a day. */
export const weekQuery = (day: string) =>
  queryOptions({
    queryKey: ['verdicts', 'week', day],
    queryFn: () => answered(api.verdicts.week.$get({ query: { day } })),
  });

const readInspection = (day: string) => answered(api.inspection.$get({ query: { day } }));

/** What inspectors decided about that week. */
export const inspectionQuery = (day: string) =>
  queryOptions({
    queryKey: ['inspection', day],
    queryFn: () => readInspection(day),
  });

/** What inspectors decided, with the names of who did. */
export type Inspection = Awaited<ReturnType<typeof readInspection>>;
/** A correction of the unit history, with the name of who found it. */
export type GivenCorrection = Inspection['corrections'][number];

const readTotals = (rule: string, span: 'week' | 'all', day: string) =>
  answered(api.verdicts.totals.$get({ query: { rule, span, day } }));

/** What the verdicts of a rule add up to, over a week or all of its periods so far. */
export const totalsQuery = (rule: string, span: 'week' | 'all', day: string) =>
  queryOptions({
    queryKey: ['verdicts', 'totals', rule, span, day],
    queryFn: () => readTotals(rule, span, day),
  });

/** The sums of one unit or speaker. */
export type Totals = Awaited<ReturnType<typeof readTotals>>['units'][number]['totals'];
