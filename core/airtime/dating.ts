import type { LogRecord } from '#schemas/records/log-record.ts';

type ClockRecord = Extract<LogRecord, { kind: 'clock' }>;

/**
 * A record with its date. `boot` counts the log's boots from 0. Wall time of any position that the
 * record names = position + `offsetMs`; `offsetMs` null means that no trusted anchor dates it.
 * `afterInstant`: it speaks of a time after the instant of judging. `witness`: it proves that time
 * passed up to `wallMs`. `holeBefore`: the number before it is missing.
 */
export interface LogLine {
  readonly record: LogRecord;
  readonly boot: number;
  readonly holeBefore: boolean;
  readonly offsetMs: number | null;
  readonly afterInstant: boolean;
  readonly witness: boolean;
}

/** The wall instant of a line's own position; undefined when it is not dated. */
export const wallMsOf = (line: LogLine): number | undefined =>
  line.offsetMs === null ? undefined : line.record.posMs + line.offsetMs;

/**
 * Ascending records with their dates. The first anchor of a boot dates everything before it in that
 * boot, each later one what comes after it in the log (a broadcast keeps one offset as a whole).
 * Nothing is dated across a missing number: before the boot's first known anchor also the way back
 * to its `boot` record must be there, since a missing one could be an earlier anchor.
 * Source: AIRTIME.md, 2 ("Dating").
 */
export const dateLog = (records: readonly LogRecord[], nowMs: number): readonly LogLine[] => {
  const lines: LogLine[] = [];
  let from = 0;
  for (let boot = 0; from < records.length; boot += 1) {
    const to = endOfBoot(records, from);
    appendBoot(lines, { records: records.slice(from, to), boot, before: records[from - 1], nowMs });
    from = to;
  }
  return lines;
};

const setAtMs = ({ posMs, anchor }: ClockRecord): number => posMs - anchor.posMs + anchor.wallMs;

/** A boot is a stretch of neighbours with one boot id; a `boot` record always begins a new one. */
const endOfBoot = (records: readonly LogRecord[], from: number): number => {
  const id = records[from]?.boot;
  let to = from + 1;
  while (to < records.length && records[to]?.boot === id && records[to]?.kind !== 'boot') to += 1;
  return to;
};

interface BootRecords {
  readonly records: readonly LogRecord[];
  readonly boot: number;
  readonly before: LogRecord | undefined;
  readonly nowMs: number;
}

const appendBoot = (lines: LogLine[], { records, boot, before, nowMs }: BootRecords): void => {
  const offsets = offsetsOf(records);
  const earlierAnchorMs = earliestAnchorAfter(records);
  for (const [index, record] of records.entries()) {
    const offsetMs = offsets[index] ?? null;
    const previous = index === 0 ? before : records[index - 1];
    const afterInstant = offsetMs !== null && lastPositionOf(record) + offsetMs > nowMs;
    const witness =
      offsetMs !== null &&
      !afterInstant &&
      !(record.kind === 'ended' && record.drill) &&
      record.posMs + offsetMs <= (earlierAnchorMs[index] ?? Number.POSITIVE_INFINITY);
    const holeBefore = record.seq !== (previous?.seq ?? 0) + 1;
    lines.push({ record, boot, holeBefore, offsetMs, afterInstant, witness });
  }
};

const lastPositionOf = (record: LogRecord): number =>
  record.kind === 'ended' ? Math.max(record.posMs, record.played.toMs) : record.posMs;

const offsetsOf = (records: readonly LogRecord[]): readonly (number | null)[] => {
  const offsets: (number | null)[] = records.map(() => null);
  let current: number | null = null;
  let waitingFrom = records[0]?.kind === 'boot' ? 0 : records.length;
  for (const [index, record] of records.entries()) {
    if (index > 0 && record.seq !== (records[index - 1]?.seq ?? 0) + 1) {
      current = null;
      waitingFrom = records.length;
    }
    if (record.kind === 'clock') {
      current = record.anchor.wallMs - record.anchor.posMs;
      for (let i = waitingFrom; i < index; i += 1) offsets[i] = current;
      waitingFrom = records.length;
    }
    offsets[index] = current;
  }
  return offsets;
};

/**
 * For each record the earliest wall time at which an anchor that follows it in its boot was set. An
 * anchor counts with the time of its own record: it may have been measured a little before.
 */
const earliestAnchorAfter = (records: readonly LogRecord[]): readonly number[] => {
  const earliest: number[] = records.map(() => Number.POSITIVE_INFINITY);
  let wallMs = Number.POSITIVE_INFINITY;
  for (let index = records.length - 1; index >= 0; index -= 1) {
    earliest[index] = wallMs;
    const record = records[index];
    if (record?.kind === 'clock') wallMs = Math.min(wallMs, setAtMs(record));
  }
  return earliest;
};
