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
  const { boot } = inherited;
  const offsets = offsetsOf(records, { from, to }, inherited);
  const anchors = earliestAnchorAfter(records, { from, to }, inherited);
  const lines: LogLine[] = [];
  let at = 0;
  for (let index = from; index < to; index += 1) {
    const record = records[index];
    if (record === undefined) break;
    const { seq } = record;
    while ((known[at]?.record.seq ?? Number.POSITIVE_INFINITY) < seq) at += 1;
    const offsetMs = offsets[index - from] ?? null;
    const date = dateOf(record, { offsetMs, nowMs, anchorMs: anchors[index - from] });
    const holeBefore = isHoleBefore(records, index);
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

const offsetsOf = (
  records: readonly LogRecord[],
  { from, to }: PartSpan,
  { offsetMs }: Inherited,
): readonly (number | null)[] => {
  const offsets: (number | null)[] = [];
  let current = offsetMs;
  for (let index = from; index < to; index += 1) {
    const record = records[index];
    if (record === undefined) break;
    if (index > from && isHoleBefore(records, index)) current = null;
    current = offsetSetBy(record) ?? current;
    offsets.push(current);
  }
  return offsets;
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
