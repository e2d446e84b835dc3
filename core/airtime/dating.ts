import type { Interval } from '#schemas/primitives.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import { audibleOf } from './audible.ts';

type ClockRecord = Extract<LogRecord, { kind: 'clock' }>;

/**
 * A record with its date. `boot` names the boot by the number of its first record that is there.
 * Wall time of any position that the record names = position + `offsetMs`; `offsetMs` null means
 * that no trusted anchor dates it. `afterInstant`: it speaks of a time after the instant of judging.
 * `witness`: it proves that time passed up to `wallMsOf`. `holeBefore`: the number before it is
 * missing. `audible`: what of an `ended` record could be heard, as ascending, disjoint positions.
 */
export interface LogLine {
  readonly record: LogRecord;
  readonly boot: number;
  readonly holeBefore: boolean;
  readonly offsetMs: number | null;
  readonly afterInstant: boolean;
  readonly witness: boolean;
  readonly audible: readonly Interval[];
}

/** The wall instant of a line's own position; undefined when it is not dated. */
export const wallMsOf = (line: LogLine): number | undefined =>
  line.offsetMs === null ? undefined : line.record.posMs + line.offsetMs;

/** A stretch of neighbours of an ascending log: from one index up to, and without, the other. */
export interface BootSpan {
  readonly from: number;
  readonly to: number;
}

/** A boot is a stretch of neighbours with one boot id; a `boot` record always begins a new one. */
export const endOfBoot = (records: readonly LogRecord[], from: number): number => {
  const id = records[from]?.boot;
  let to = from + 1;
  while (to < records.length && records[to]?.boot === id && records[to]?.kind !== 'boot') to += 1;
  return to;
};

/** What dates a boot's records besides themselves. */
export interface DatingContext {
  readonly nowMs: number;
  /** Lines made before, ascending: a line that did not change is the same object again. */
  readonly known: readonly LogLine[];
}

/**
 * The records of one boot with their dates. The first anchor of a boot dates everything before it in
 * that boot, each later one what comes after it in the log (a broadcast keeps one offset as a whole).
 * Nothing is dated across a missing number: before the boot's first known anchor also the way back
 * to its `boot` record must be there, since a missing one could be an earlier anchor.
 * Source: AIRTIME.md, 2 ("Dating").
 */
export const dateBoot = (
  records: readonly LogRecord[],
  { from, to }: BootSpan,
  { nowMs, known }: DatingContext,
): readonly LogLine[] => {
  const boot = records[from]?.seq ?? 0;
  const offsets = offsetsOf(records, { from, to });
  const anchors = earliestAnchorAfter(records, { from, to });
  const lines: LogLine[] = [];
  let at = 0;
  for (let index = from; index < to; index += 1) {
    const record = records[index];
    if (record === undefined) break;
    const { seq } = record;
    while ((known[at]?.record.seq ?? Number.POSITIVE_INFINITY) < seq) at += 1;
    const offsetMs = offsets[index - from] ?? null;
    const date = dateOf(record, { offsetMs, nowMs, anchorMs: anchors[index - from] });
    const holeBefore = seq !== (records[index - 1]?.seq ?? 0) + 1;
    lines.push(lineOf(known[at], { record, boot, holeBefore, ...date }));
  }
  return lines;
};

type Dated = Pick<LogLine, 'offsetMs' | 'afterInstant' | 'witness'>;

interface Dating {
  readonly offsetMs: number | null;
  readonly nowMs: number;
  /** The earliest wall time at which an anchor that follows was set. */
  readonly anchorMs: number | undefined;
}

const undated: Dated = { offsetMs: null, afterInstant: false, witness: false };

const dateOf = (
  record: LogRecord,
  { offsetMs, nowMs, anchorMs = Number.POSITIVE_INFINITY }: Dating,
): Dated => {
  if (offsetMs === null) return undated;
  const { posMs } = record;
  const isEnded = record.kind === 'ended';
  const lastMs = isEnded ? Math.max(posMs, record.played.toMs) : posMs;
  const afterInstant = lastMs + offsetMs > nowMs;
  const isDrill = isEnded && record.drill;
  return {
    offsetMs,
    afterInstant,
    witness: !(afterInstant || isDrill) && posMs + offsetMs <= anchorMs,
  };
};

/** The line as it was when nothing of it has changed. */
const lineOf = (known: LogLine | undefined, line: Omit<LogLine, 'audible'>): LogLine => {
  const same = known?.record === line.record ? known : undefined;
  if (same !== undefined && isSameLine(same, line)) return same;
  const { record, boot, holeBefore, offsetMs, afterInstant, witness } = line;
  const audible = same?.audible ?? audibleOf(record);
  return { record, boot, holeBefore, offsetMs, afterInstant, witness, audible };
};

const isSameLine = (known: LogLine, line: Omit<LogLine, 'audible'>): boolean =>
  known.boot === line.boot &&
  known.holeBefore === line.holeBefore &&
  known.offsetMs === line.offsetMs &&
  known.afterInstant === line.afterInstant &&
  known.witness === line.witness;

const setAtMs = ({ posMs, anchor }: ClockRecord): number => posMs - anchor.posMs + anchor.wallMs;

const offsetsOf = (
  records: readonly LogRecord[],
  { from, to }: BootSpan,
): readonly (number | null)[] => {
  const offsets: (number | null)[] = [];
  let current: number | null = null;
  let waitingFrom = records[from]?.kind === 'boot' ? 0 : to;
  for (let index = from; index < to; index += 1) {
    const record = records[index];
    if (record === undefined) break;
    if (index > from && record.seq !== (records[index - 1]?.seq ?? 0) + 1) {
      current = null;
      waitingFrom = to;
    }
    if (record.kind === 'clock') {
      current = record.anchor.wallMs - record.anchor.posMs;
      for (let i = waitingFrom; i < offsets.length; i += 1) offsets[i] = current;
      waitingFrom = to;
    }
    offsets.push(current);
  }
  return offsets;
};

/**
 * For each record the earliest wall time at which an anchor that follows it in its boot was set. An
 * anchor counts with the time of its own record: it may have been measured a little before.
 */
const earliestAnchorAfter = (
  records: readonly LogRecord[],
  { from, to }: BootSpan,
): Float64Array => {
  const earliest = new Float64Array(to - from);
  let wallMs = Number.POSITIVE_INFINITY;
  for (let index = to - 1; index >= from; index -= 1) {
    earliest[index - from] = wallMs;
    const record = records[index];
    if (record?.kind === 'clock') wallMs = Math.min(wallMs, setAtMs(record));
  }
  return earliest;
};
