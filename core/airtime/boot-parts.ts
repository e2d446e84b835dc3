import type { LogRecord } from '#schemas/records/log-record.ts';

type ClockRecord = Extract<LogRecord, { kind: 'clock' }>;

/**
 * The most sequence numbers of one part of a boot: a late record folds only parts anew, however long
 * the speaker runs without a restart.
 */
export const PART_NUMBERS = 256;

/** A stretch of neighbours of an ascending log: from one index up to, and without, the other. */
export interface PartSpan {
  readonly from: number;
  readonly to: number;
}

/**
 * A boot is a stretch of neighbours with one boot id; a `boot` record always begins a new one. Its
 * parts are cut at fixed sequence numbers, so that nothing that comes later moves a cut.
 */
export const endOfPart = (records: readonly LogRecord[], from: number): number => {
  const first = records[from];
  if (first === undefined) return from;
  const endSeq = (Math.floor(first.seq / PART_NUMBERS) + 1) * PART_NUMBERS;
  let to = from + 1;
  for (let next = records[to]; next !== undefined; next = records[to]) {
    if (next.seq >= endSeq || !continuesBoot(first, next)) break;
    to += 1;
  }
  return to;
};

/** Whether the neighbour of a record is of the same boot. */
export const continuesBoot = (record: LogRecord | undefined, next: LogRecord): boolean =>
  record?.boot === next.boot && next.kind !== 'boot';

/** What the anchors and the missing numbers inside a part say to the rest of its boot. */
export interface PartAnchors {
  /** Offset of the first anchor; null when a number is missing before it; undefined without either. */
  readonly headMs: number | null | undefined;
  /** Offset of the last anchor; null when a number is missing after it; undefined without either. */
  readonly tailMs: number | null | undefined;
  /** The wall times at which its anchors were set, in the order of the log. */
  readonly setMs: readonly number[];
}

/** Sums up a part by itself, whatever lies before and after it. */
export const anchorsIn = (records: readonly LogRecord[], { from, to }: PartSpan): PartAnchors => {
  let headMs: PartAnchors['headMs'];
  let tailMs: PartAnchors['tailMs'];
  const setMs: number[] = [];
  for (let index = from; index < to; index += 1) {
    const record = records[index];
    if (record === undefined) break;
    const isCut = index > from && isHoleBefore(records, index);
    const ownMs = offsetSetBy(record);
    if (headMs === undefined) headMs = isCut ? null : ownMs;
    tailMs = ownMs ?? (isCut ? null : tailMs);
    if (record.kind === 'clock') setMs.push(setAtMs(record));
  }
  return { headMs, tailMs, setMs };
};

/** Whether the number before that of the record at an index is missing. */
export const isHoleBefore = (records: readonly LogRecord[], index: number): boolean =>
  records[index]?.seq !== (records[index - 1]?.seq ?? 0) + 1;

/** What an anchor adds to a position to give wall time; undefined of a record that is none. */
export const offsetSetBy = (record: LogRecord): number | undefined =>
  record.kind === 'clock' ? record.anchor.wallMs - record.anchor.posMs : undefined;

/**
 * The wall time at which an anchor was set. It counts with the time of its own record: it may have
 * been measured a little before.
 */
const setAtMs = ({ posMs, anchor }: ClockRecord): number => posMs - anchor.posMs + anchor.wallMs;

/** What the rest of its boot gives a part. */
export interface Inherited {
  /** Names the boot: the number of its first record that is there. */
  readonly boot: number;
  readonly holeBefore: boolean;
  /** What dates the part's records up to its first own anchor or missing number. */
  readonly offsetMs: number | null;
  /** The earliest wall time at which an anchor that follows the part was set. */
  readonly anchorMs: number;
}

/**
 * From when on a part's records prove nothing because an anchor that follows was set earlier; infinity
 * when it was set after all of them, which is as if there were none.
 */
export const doubtFromMs = ({ anchorMs }: Inherited, latestMs: number): number =>
  anchorMs >= latestMs ? Number.POSITIVE_INFINITY : anchorMs;

/** A part as the rest of its boot sees it. */
export interface LinkedPart {
  readonly first: LogRecord;
  readonly holeBefore: boolean;
  readonly anchors: PartAnchors;
}

/**
 * What each part of one boot inherits. The first anchor of a boot dates everything before it, if all
 * is there back to the `boot` record: a missing one could be an earlier anchor. Each later one dates
 * what comes after it, up to a missing number. Source: AIRTIME.md, 2 ("Dating").
 */
export const inheritedBy = (parts: readonly LinkedPart[]): readonly Inherited[] => {
  const [start] = parts;
  const boot = start?.first.seq ?? 0;
  const later = earliestAfter(parts);
  let current = start?.first.kind === 'boot' ? firstAnchorOf(parts) : null;
  return parts.map(({ holeBefore, anchors: { tailMs } }, index) => {
    if (index > 0 && holeBefore) current = null;
    const offsetMs = current;
    if (tailMs !== undefined) current = tailMs;
    return { boot, holeBefore, offsetMs, anchorMs: later[index] ?? Number.POSITIVE_INFINITY };
  });
};

const firstAnchorOf = (parts: readonly LinkedPart[]): number | null => {
  for (const [index, { holeBefore, anchors }] of parts.entries()) {
    if (index > 0 && holeBefore) return null;
    if (anchors.headMs !== undefined) return anchors.headMs;
  }
  return null;
};

const earliestAfter = (parts: readonly LinkedPart[]): readonly number[] => {
  const earliest: number[] = [];
  let wallMs = Number.POSITIVE_INFINITY;
  for (let index = parts.length - 1; index >= 0; index -= 1) {
    earliest[index] = wallMs;
    wallMs = Math.min(wallMs, ...(parts[index]?.anchors.setMs ?? []));
  }
  return earliest;
};
