import { type InfiniteData, useSuspenseInfiniteQuery } from '@tanstack/react-query';
import { answered, api } from '../../shared/api/api.ts';

const readPage = (day: string, after: string | null) =>
  answered(api.reconciliation.$get({ query: { day, ...(after === null ? {} : { after }) } }));

export type ReconciliationPage = Awaited<ReturnType<typeof readPage>>;
type Pages = InfiniteData<ReconciliationPage, string | null>;
type Key = readonly ['verdicts', 'reconciliation', string];

/**
 * A day of every speaker beside its plan, page by page. Its key lies below that of verdicts: what
 * makes those worth asking for again makes this too.
 */
export const useReconciliation = (day: string) =>
  useSuspenseInfiniteQuery<ReconciliationPage, Error, Pages, Key, string | null>({
    queryKey: ['verdicts', 'reconciliation', day],
    queryFn: ({ pageParam }) => readPage(day, pageParam),
    initialPageParam: null,
    getNextPageParam: ({ next }) => next,
  });
