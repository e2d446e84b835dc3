import { type InfiniteData, useSuspenseInfiniteQuery } from '@tanstack/react-query';
import { answered, api } from '../../shared/api/api.ts';

const PAGE = 50;

const readPage = (id: string, before: number | null) =>
  answered(
    api.speakers[':id'].log.$get({
      param: { id },
      query: { limit: PAGE, ...(before === null ? {} : { before }) },
    }),
  );

export type LogPage = Awaited<ReturnType<typeof readPage>>;
type Pages = InfiniteData<LogPage, number | null>;
type Key = readonly ['log', string, 'pages'];

/** A speaker's log, newest page first; each page was checked again for this answer. */
export const useLog = (id: string) =>
  useSuspenseInfiniteQuery<LogPage, Error, Pages, Key, number | null>({
    queryKey: ['log', id, 'pages'],
    queryFn: ({ pageParam }) => readPage(id, pageParam),
    initialPageParam: null,
    getNextPageParam: ({ records }) => {
      const oldest = records[0]?.seq ?? 1;
      return oldest > 1 ? oldest : null;
    },
  });
