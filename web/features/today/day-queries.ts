import { queryOptions } from '@tanstack/react-query';
import { answered, api } from '../../shared/api/api.ts';

/** One page of a log, and how many pages one day of a speaker may take. */
const PAGE = 200;
const MAX_PAGES = 5;

/** What a speaker is to play on a day. */
export const planQuery = (speaker: string, day: string) =>
  queryOptions({
    queryKey: ['plans', speaker, day],
    queryFn: () => answered(api.plans.$get({ query: { speaker, day } })),
  });

type LogPage = Awaited<ReturnType<typeof readPage>>;

const readPage = (id: string, before: number | undefined) =>
  answered(
    api.speakers[':id'].log.$get({
      param: { id },
      query: { limit: PAGE, ...(before === undefined ? {} : { before }) },
    }),
  );

/** The newest records of a speaker, as many pages as reach back before `sinceMs`. */
const readSince = async (id: string, sinceMs: number): Promise<LogPage['records']> => {
  let records: LogPage['records'] = [];
  let before: number | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const { records: found } = await readPage(id, before);
    records = [...found, ...records];
    const oldest = found[0];
    if (oldest === undefined || oldest.seq === 1 || oldest.receivedMs < sinceMs) break;
    before = oldest.seq;
  }
  return records;
};

/** What a speaker's log holds since an instant, and somewhat more. */
export const dayLogQuery = (speaker: string, sinceMs: number) =>
  queryOptions({
    queryKey: ['log', speaker, 'day', sinceMs],
    queryFn: () => readSince(speaker, sinceMs),
  });

/** What the rules say of the day so far. */
export const dayVerdictsQuery = (day: string) =>
  queryOptions({
    queryKey: ['verdicts', day],
    queryFn: () => answered(api.verdicts.$get({ query: { day } })),
  });
