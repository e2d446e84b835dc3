import type { Interval } from '#schemas/primitives.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import { audibleOf } from './audible.ts';
import { type Inherited, isHoleBefore, offsetSetBy, type PartSpan, setAtMs } from './boot-parts.ts';

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
  { nowMs, inherited, known }: DatingContext,
): readonly LogLine[] => {
  const anchors = earliestAnchorAfter(records, { from, to }, inherited);
  const lines: LogLine[] = [];
  let { offsetMs } = inherited;
  let at = 0;
  for (let index = from; index < to; index += 1) {
    const record = records[index];
    if (record === undefined) break;
    const holeBefore = isHoleBefore(records, index);
    if (index > from && holeBefore) offsetMs = null;
    offsetMs = offsetSetBy(record) ?? offsetMs;
    while ((known[at]?.record.seq ?? Number.POSITIVE_INFINITY) < record.seq) at += 1;
    const anchorMs = anchors[index - from] ?? Number.POSITIVE_INFINITY;
    const dated = { boot: inherited.boot, holeBefore, offsetMs, anchorMs, nowMs };
    lines.push(lineOf(known[at], record, dated));
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

/** For each record the earliest wall time at which an anchor that follows it in its boot was set. */
const earliestAnchorAfter = (
  records: readonly LogRecord[],
  { from, to }: PartSpan,
  { anchorMs }: Inherited,
): Float64Array => {
  const earliest = new Float64Array(to - from);
  let wallMs = anchorMs;
  for (let index = to - 1; index >= from; index -= 1) {
    const record = records[index];
    if (record === undefined) continue;
    earliest[index - from] = wallMs;
    wallMs = Math.min(wallMs, setAtMs(record));
  }
  return earliest;
};
