import { queryOptions, useSuspenseQueries } from '@tanstack/react-query';
import type { Verdict } from '#schemas/verdict.ts';
import { answered, api } from '../../shared/api/api.ts';

export const rulesQuery = queryOptions({
  queryKey: ['rules'],
  queryFn: () => answered(api.rules.$get()),
});

const dayQuery = (day: string) =>
  queryOptions({
    queryKey: ['verdicts', day],
    queryFn: () => answered(api.verdicts.$get({ query: { day } })),
  });

const keyOf = ({ rule, speaker, period }: Verdict): string =>
  [rule, speaker, period.per, period.from].join(' ');

/** The verdicts of every period that holds one of the days; each once. */
export const useVerdicts = (days: readonly string[]): readonly Verdict[] => {
  const answers = useSuspenseQueries({ queries: days.map(dayQuery) });
  const all = answers.flatMap(({ data }) => data.verdicts);
  return [...new Map(all.map((verdict) => [keyOf(verdict), verdict])).values()];
};
