import type { Interval } from '#schemas/primitives.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import { audibleOf } from './audible.ts';
import { type Inherited, isHoleBefore, offsetSetBy, type PartSpan } from './boot-parts.ts';

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

/** What dates a part's records besides themselves. */
export interface DatingContext {
  readonly nowMs: number;
  readonly inherited: Inherited;
  /** The wall times at which the part's own anchors were set, in the order of the log. */
  readonly anchorsSetMs: readonly number[];
  /** Lines made before, ascending: a line that did not change is the same object again. */
  readonly known: readonly LogLine[];
}

/**
 * The records of a part of a boot with their dates. Nothing is dated across a missing number; a
 * broadcast keeps one offset as a whole. Source: AIRTIME.md, 2 ("Dating").
 */
export const dateBoot = (
  records: readonly LogRecord[],
  { from, to }: PartSpan,
  { nowMs, inherited, anchorsSetMs, known }: DatingContext,
): readonly LogLine[] => {
  const anchorsMs = earliestAnchors(anchorsSetMs, inherited);
  const lines = new Array<LogLine>(to - from);
  let { offsetMs } = inherited;
  let anchorsBefore = 0;
  let at = 0;
  for (let index = from; index < to; index += 1) {
    const record = records[index];
    if (record === undefined) break;
    const holeBefore = isHoleBefore(records, index);
    if (index > from && holeBefore) offsetMs = null;
    const setMs = offsetSetBy(record);
    if (setMs !== undefined) {
      offsetMs = setMs;
      anchorsBefore += 1;
    }
    while ((known[at]?.record.seq ?? Number.POSITIVE_INFINITY) < record.seq) at += 1;
    const anchorMs = anchorsMs[anchorsBefore] ?? Number.POSITIVE_INFINITY;
    const dated = { boot: inherited.boot, holeBefore, offsetMs, anchorMs, nowMs };
    lines[index - from] = lineOf(known[at], record, dated);
  }
  return lines;
};

/** What decides about the date of one record. */
interface Dating extends Pick<LogLine, 'boot' | 'holeBefore' | 'offsetMs'> {
  readonly nowMs: number;
  /** The earliest wall time at which an anchor that follows was set. */
  readonly anchorMs: number;
}

/** The line of a record; the one that is known when nothing of it has changed. */
const lineOf = (known: LogLine | undefined, record: LogRecord, dating: Dating): LogLine => {
  const { boot, holeBefore, offsetMs } = dating;
  const afterInstant = isAfterInstant(record, dating);
  const witness = !afterInstant && isWitness(record, dating);
  const same = known?.record === record ? known : undefined;
  const isSame =
    same?.boot === boot &&
    same.holeBefore === holeBefore &&
    same.offsetMs === offsetMs &&
    same.afterInstant === afterInstant &&
    same.witness === witness;
  if (isSame) return same;
  const audible = same?.audible ?? audibleOf(record);
  return { record, boot, holeBefore, offsetMs, afterInstant, witness, audible };
};

const isAfterInstant = (record: LogRecord, { offsetMs, nowMs }: Dating): boolean => {
  if (offsetMs === null) return false;
  const { posMs } = record;
  const lastMs = record.kind === 'ended' ? Math.max(posMs, record.played.toMs) : posMs;
  return lastMs + offsetMs > nowMs;
};

const isWitness = (record: LogRecord, { offsetMs, anchorMs }: Dating): boolean => {
  if (offsetMs === null || (record.kind === 'ended' && record.drill)) return false;
  return record.posMs + offsetMs <= anchorMs;
};

/**
 * The earliest wall time at which an anchor was set that follows so many of the part's own: of its own
 * or of those after the part.
 */
const earliestAnchors = (setMs: readonly number[], { anchorMs }: Inherited): Float64Array => {
  const earliest = new Float64Array(setMs.length + 1).fill(anchorMs);
  for (let index = setMs.length - 1; index >= 0; index -= 1) {
    earliest[index] = Math.min(setMs[index] ?? anchorMs, earliest[index + 1] ?? anchorMs);
  }
  return earliest;
};
