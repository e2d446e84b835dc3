import { canonicalJson } from '#core/canonical-json.ts';
import type { Id } from '#schemas/primitives.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import type { LogFinding } from '#schemas/verdict.ts';
import { lowestIndex } from './interval-index.ts';

/**
 * A speaker's records, ascending, each number once, with what was wrong with them. The log counts as
 * ending before `endsBefore` (infinity when nothing contradicts itself).
 */
export interface OrderedLog {
  readonly records: readonly LogRecord[];
  readonly endsBefore: number;
  readonly findings: readonly LogFinding[];
}

/** A log from which nothing has arrived. */
export const nothingArrived: OrderedLog = {
  records: [],
  endsBefore: Number.POSITIVE_INFINITY,
  findings: [],
};

/**
 * The log with more records, whatever the order in which they arrive: one by one or all at once
 * gives the same. Equal repetitions count once; when nothing is new, the log itself is given back.
 * Two contents under one number end the log before it for good; a record of another speaker is left
 * out; both are findings. Source: AIRTIME.md, 2 ("Two contents under one sequence number …").
 */
export const orderLog = (
  speaker: Id,
  arrived: readonly LogRecord[],
  before: OrderedLog = nothingArrived,
): OrderedLog => {
  if (before === nothingArrived && isInOrder(speaker, arrived)) {
    return { ...nothingArrived, records: arrived };
  }
  const own = arrived.filter((record) => record.speaker === speaker);
  const foreign = arrived.filter((record) => record.speaker !== speaker);
  const { records, conflict } = merged(before, ascending(own));
  const isNews = conflict !== undefined || foreign.length > 0;
  if (!isNews && records.length === before.records.length) return before;
  const known = before.findings.filter(({ code }) => code !== 'sequenceConflict');
  const endsBefore = conflict ?? before.endsBefore;
  return {
    records,
    endsBefore,
    findings: findingsOf(speaker, endsBefore, [
      ...known.map(({ seq }) => seq),
      ...foreign.map(({ seq }) => seq),
    ]),
  };
};

/** Whether a whole log came as it was written, as it mostly does. */
const isInOrder = (speaker: Id, log: readonly LogRecord[]): boolean => {
  let last = 0;
  for (const record of log) {
    if (record.seq <= last || record.speaker !== speaker) return false;
    last = record.seq;
  }
  return true;
};

const findingsOf = (
  speaker: Id,
  endsBefore: number,
  foreign: readonly number[],
): readonly LogFinding[] => {
  const wrong = [...new Set(foreign)].map(
    (seq): LogFinding => ({ code: 'wrongSpeaker', speaker, seq }),
  );
  const conflict: readonly LogFinding[] = Number.isFinite(endsBefore)
    ? [{ code: 'sequenceConflict', speaker, seq: endsBefore }]
    : [];
  return [...conflict, ...wrong].sort((a, b) => a.seq - b.seq);
};

const ascending = (log: readonly LogRecord[]): readonly LogRecord[] =>
  log.every((record, index) => index === 0 || record.seq >= (log[index - 1]?.seq ?? 0))
    ? log
    : [...log].sort((a, b) => a.seq - b.seq);

interface Merged {
  readonly records: readonly LogRecord[];
  readonly conflict: number | undefined;
}

/** Both in one, up to, and without, the first number that has two contents. */
const merged = (before: OrderedLog, added: readonly LogRecord[]): Merged => {
  const firstSeq = added[0]?.seq ?? Number.POSITIVE_INFINITY;
  let at = lowestIndex(before.records, ({ seq }) => seq >= firstSeq);
  const records = before.records.slice(0, at);
  for (const next of added) {
    if (next.seq >= before.endsBefore) break;
    const to = lowestIndex(before.records, ({ seq }) => seq >= next.seq);
    for (; at < to; at += 1) pushAt(records, before.records, at);
    const known = before.records[at];
    const last = known?.seq === next.seq ? known : records.at(-1);
    if (last?.seq !== next.seq) records.push(next);
    else if (canonicalJson(last) !== canonicalJson(next)) {
      return { records: records.filter(({ seq }) => seq < next.seq), conflict: next.seq };
    }
  }
  for (; at < before.records.length; at += 1) pushAt(records, before.records, at);
  return { records, conflict: undefined };
};

const pushAt = (records: LogRecord[], from: readonly LogRecord[], at: number): void => {
  const record = from[at];
  if (record !== undefined) records.push(record);
};
