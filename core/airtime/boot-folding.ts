import type { Id } from '#schemas/primitives.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import { type BootLog, foldBoot } from './boot-log.ts';
import {
  anchorsIn,
  continuesBoot,
  doubtFromMs,
  endOfPart,
  type Inherited,
  inheritedBy,
  isHoleBefore,
  type LinkedPart,
  type PartSpan,
} from './boot-parts.ts';
import { dateBoot } from './dating.ts';

/** Part of a log, before it is dated: as it was found before, if the log still holds just that. */
interface FoundPart extends LinkedPart {
  readonly span: PartSpan;
  readonly same: BootLog | undefined;
}

/** A log's boots as they were folded, and for which instant. */
export interface FoldedLog {
  readonly speaker: Id;
  readonly nowMs: number;
  readonly boots: readonly BootLog[];
}

/**
 * The boots of an ordered log, long ones in parts, in its order. What more records and another instant
 * do not touch is the same object as before. Source: AIRTIME.md, 2 ("Dating").
 */
export const bootsOf = (
  records: readonly LogRecord[],
  before: FoldedLog,
  nowMs: number,
): readonly BootLog[] => {
  const boots: BootLog[] = [];
  let boot: FoundPart[] = [];
  const close = (): void => {
    for (const [index, inherited] of inheritedBy(boot).entries()) {
      const part = boot[index];
      if (part === undefined) break;
      const { same } = part;
      const isSame =
        same !== undefined && isDatedAs(same, inherited) && isOfInstant(same, before, nowMs);
      boots.push(isSame ? same : foldedAt(records, part, { before, inherited, nowMs }));
    }
    boot = [];
  };
  for (const part of partsOf(records, before)) {
    if (!continuesBoot(records[part.span.from - 1], part.first)) close();
    boot.push(part);
  }
  close();
  return boots;
};

const partsOf = (records: readonly LogRecord[], before: FoldedLog): readonly FoundPart[] => {
  const known = new Map(before.boots.map((part) => [part.lines[0]?.record, part]));
  const parts: FoundPart[] = [];
  let from = 0;
  for (let first = records[from]; first !== undefined; first = records[from]) {
    const old = known.get(first);
    const same = old !== undefined && stands(old, records, from) ? old : undefined;
    const to = same === undefined ? endOfPart(records, from) : from + same.lines.length;
    const span = { from, to };
    const anchors = same?.anchors ?? anchorsIn(records, span);
    parts.push({ first, holeBefore: isHoleBefore(records, from), anchors, span, same });
    from = to;
  }
  return parts;
};

/** Whether the log still holds exactly these lines from an index on. Records are never taken away. */
const stands = ({ lines }: BootLog, records: readonly LogRecord[], from: number): boolean => {
  const last = from + lines.length - 1;
  return records[last] === lines.at(-1)?.record && endOfPart(records, last) === last + 1;
};

/** Whether the rest of the boot dates a part as before. */
const isDatedAs = ({ inherited: was, latestMs }: BootLog, is: Inherited): boolean =>
  was.boot === is.boot &&
  was.holeBefore === is.holeBefore &&
  was.offsetMs === is.offsetMs &&
  was.anchorMs === doubtFromMs(is, latestMs);

/** Whether a part is at another instant as it was: nothing of it lies after the earlier one. */
const isOfInstant = ({ findings }: BootLog, before: FoldedLog, nowMs: number): boolean =>
  nowMs === before.nowMs || (nowMs > before.nowMs && findings.length === 0);

interface Folding {
  readonly before: FoldedLog;
  readonly inherited: Inherited;
  readonly nowMs: number;
}

const foldedAt = (
  records: readonly LogRecord[],
  { first, span, anchors }: FoundPart,
  { before, inherited, nowMs }: Folding,
): BootLog => {
  const known = before.boots.find(({ lines }) => (lines.at(-1)?.record.seq ?? 0) >= first.seq);
  const lines = dateBoot(records, span, {
    nowMs,
    inherited,
    anchorsSetMs: anchors.setMs,
    known: known?.lines ?? [],
  });
  return foldBoot(before.speaker, { lines, anchors, inherited });
};
