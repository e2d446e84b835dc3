import type { LogRecord } from '#schemas/records/log-record.ts';

/** Gives one and the same string for equal ones, as long as it has not seen too many. */
export type ShareText = <T extends string>(text: T) => T;

/** Above this no more strings are remembered: then they are mostly different ones. */
const MAX_SHARED = 100_000;

/** A fresh memory of strings. */
export const createShareText = (): ShareText => {
  const known = new Map<string, string>();
  return <T extends string>(text: T): T => {
    const same = known.get(text);
    // Equal strings are of the same type.
    if (same !== undefined) return same as T;
    if (known.size < MAX_SHARED) known.set(text, text);
    return text;
  };
};

/**
 * The record with the strings that many records have in common kept once. What is parsed line by line
 * has each of them anew, which would be a third of what a long log takes in memory.
 */
export const withSharedTexts = (record: LogRecord, share: ShareText): LogRecord => {
  const common = {
    site: share(record.site),
    speaker: share(record.speaker),
    boot: share(record.boot),
  };
  if (record.kind !== 'ended') return Object.assign(record, common);
  const { session, playlist, item } = record;
  item.bulletin = item.bulletin && share(item.bulletin);
  item.clip = item.clip && share(item.clip);
  item.campaigns = item.campaigns.map(share);
  return Object.assign(record, common, {
    session: share(session),
    playlist: playlist && share(playlist),
  });
};
