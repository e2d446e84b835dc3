import { GENESIS_HASH, type LogRecord, logRecordSchema } from '#schemas/records/log-record.ts';
import type { AsRunLog } from '../log/as-run-log.ts';
import { parseJson } from '../log/record-line.ts';

/** How many records are read from the disk at once. */
const PAGE_RECORDS = 200;
/** A day with more records than this is not decided about. */
const MAX_DAY_RECORDS = 10_000;

/** The speaker's own records of one day, kept at hand while the day lasts. */
export interface DayLog {
  /**
   * The records that can be read of those written at or after the instant (epoch milliseconds, by the clock that the speaker
   * had), up to the log's end, ascending, the first one dated, and so is the first one behind one that
   * is damaged; undefined when there are too many.
   */
  since(fromMs: number): Promise<readonly LogRecord[] | undefined>;
}

/** A day log over the log on disk. */
export const createDayLog = (log: Pick<AsRunLog, 'head' | 'read' | 'firstFrom'>): DayLog => {
  let known: { fromMs: number; upTo: number; records: readonly LogRecord[] } | undefined;
  const read = async (from: number, to: number): Promise<readonly LogRecord[]> => {
    const records: LogRecord[] = [];
    for (let next = from; next <= to; ) {
      const span = { from: next, to, maxBytes: Number.MAX_SAFE_INTEGER };
      const envelopes = await log.read(span);
      if (envelopes.length === 0) {
        const behind = await log.firstFrom(next);
        if (behind === undefined || behind.seq > to) break;
        next = behind.seq;
        continue;
      }
      for (const { payload } of envelopes) {
        records.push(logRecordSchema.parse(parseJson(Buffer.from(payload, 'base64'))));
      }
      next += envelopes.length;
    }
    return records;
  };
  const readBack = async (fromMs: number, upTo: number) => {
    let records: readonly LogRecord[] = [];
    for (let to = upTo; to >= 1 && records.length < MAX_DAY_RECORDS; to -= PAGE_RECORDS) {
      const page = await read(Math.max(1, to - PAGE_RECORDS + 1), to);
      const last = page.findLastIndex((record) => isBefore(record, fromMs));
      records = [...page.slice(last + 1), ...records];
      if (last >= 0) break;
    }
    return records;
  };
  return {
    since: async (fromMs) => {
      const upTo = log.head().seq;
      const isSameDay = known?.fromMs === fromMs;
      if (known === undefined || !isSameDay) {
        known = { fromMs, upTo, records: await readBack(fromMs, upTo) };
      } else if (known.upTo < upTo) {
        const records = [...known.records, ...(await read(known.upTo + 1, upTo))];
        known = { fromMs, upTo, records };
      }
      return known.records.length > MAX_DAY_RECORDS ? undefined : withAnchors(known.records);
    },
  };
};

const isBefore = ({ posMs, clock }: LogRecord, instantMs: number): boolean =>
  clock.offsetMs !== null && posMs + clock.offsetMs < instantMs;

/**
 * In a run that began before the day, its anchor is what its first record of the day says; what
 * stands behind a damaged record is dated in the same way.
 */
const withAnchors = (records: readonly LogRecord[]): readonly LogRecord[] =>
  records.flatMap((record, index) =>
    records[index - 1]?.seq === record.seq - 1 ? [record] : withAnchor(record),
  );

const withAnchor = (record: LogRecord): readonly LogRecord[] => {
  const { v, site, speaker, seq, boot, posMs, clock } = record;
  const { source, offsetMs, uncertaintyMs } = clock;
  if (record.kind === 'boot' || source === 'none' || offsetMs === null) return [record];
  const anchor = { posMs, wallMs: posMs + offsetMs, uncertaintyMs: uncertaintyMs ?? 0, source };
  const place = { v, site, speaker, seq: seq - 1, prev: GENESIS_HASH, boot, posMs, clock };
  return [{ ...place, kind: 'clock', anchor }, record];
};
