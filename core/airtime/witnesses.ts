import type { SessionId } from '#schemas/session.ts';
import { allThat } from './all-that.ts';
import { type LogLine, wallMsOf } from './dating.ts';
import { lowestIndex } from './interval-index.ts';
import { openUpTo } from './open-session.ts';

/** The lines of a part of a log that prove that time passed, in its order, with one entry each. */
export interface PartWitnesses {
  readonly lines: readonly LogLine[];
  readonly witnesses: readonly LogLine[];
  /** Epoch milliseconds. */
  readonly wallMs: Float64Array;
  /** How many missing stretches of the part lie before it. */
  readonly holes: Int32Array;
  /** How many missing stretches the part has in all. */
  readonly holesInAll: number;
  /** The latest wall time up to it, and the earliest from it on: anchors may have moved back. */
  readonly latestUpToMs: Float64Array;
  readonly earliestFromMs: Float64Array;
  /** The session that is open after it, as far as its lines tell. */
  readonly openAtEnd: SessionId | null | undefined;
}

/** The witnesses among the lines of a part. */
export const witnessesAmong = (lines: readonly LogLine[]): PartWitnesses => {
  const witnesses = allThat(lines, ({ witness }) => witness);
  const wallMs = new Float64Array(witnesses.length);
  const holes = new Int32Array(witnesses.length);
  let holesInAll = 0;
  let at = 0;
  for (const line of lines) {
    if (line.holeBefore) holesInAll += 1;
    if (!line.witness) continue;
    wallMs[at] = wallMsOf(line) ?? Number.NaN;
    holes[at] = holesInAll;
    at += 1;
  }
  const openAtEnd = openUpTo(lines, lines.length - 1);
  return { lines, witnesses, wallMs, holes, holesInAll, openAtEnd, ...extremesOf(wallMs) };
};

const extremesOf = (
  wallMs: Float64Array,
): Pick<PartWitnesses, 'latestUpToMs' | 'earliestFromMs'> => {
  // Nearly every part ascends, and judging millions of records pays for each list that is made.
  if (isAscending(wallMs)) return { latestUpToMs: wallMs, earliestFromMs: wallMs };
  const latestUpToMs = new Float64Array(wallMs.length);
  let latest = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < wallMs.length; index += 1) {
    latest = Math.max(latest, wallMs[index] ?? latest);
    latestUpToMs[index] = latest;
  }
  const earliestFromMs = new Float64Array(wallMs.length);
  let earliest = Number.POSITIVE_INFINITY;
  for (let index = wallMs.length - 1; index >= 0; index -= 1) {
    earliest = Math.min(earliest, wallMs[index] ?? earliest);
    earliestFromMs[index] = earliest;
  }
  return { latestUpToMs, earliestFromMs };
};

const isAscending = (wallMs: Float64Array): boolean => {
  for (let index = 1; index < wallMs.length; index += 1) {
    if ((wallMs[index] ?? 0) < (wallMs[index - 1] ?? 0)) return false;
  }
  return true;
};

/** A part with witnesses, and what lies before and after it. */
interface PlacedPart {
  readonly part: PartWitnesses;
  /** How many witnesses, and how many missing stretches, lie before the part. */
  readonly from: number;
  readonly holesBefore: number;
  /** The session that is open before the part, as far as the log tells. */
  readonly openBefore: SessionId | null | undefined;
  /** The latest wall time in the part and before it. */
  readonly latestMs: number;
  /** The earliest wall time from the part's last witness on. */
  readonly earliestMs: number;
}

/** The witnesses of a whole log, numbered from 0: its parts as they are, so that joining them is cheap. */
export type Witnesses = readonly PlacedPart[];

/** One witness. `holes`: how many missing stretches of the log lie before it. */
export interface Witness {
  readonly line: LogLine;
  readonly wallMs: number;
  readonly holes: number;
}

/** The witnesses of a log's parts, one part after the other. */
export const joinWitnesses = (parts: readonly PartWitnesses[]): Witnesses => {
  const earliestAfterMs = new Float64Array(parts.length);
  let wallMs = Number.POSITIVE_INFINITY;
  for (let index = parts.length - 1; index >= 0; index -= 1) {
    earliestAfterMs[index] = wallMs;
    wallMs = Math.min(wallMs, parts[index]?.earliestFromMs[0] ?? wallMs);
  }
  const placed: PlacedPart[] = [];
  let from = 0;
  let holesBefore = 0;
  let openBefore: SessionId | null | undefined;
  let latestMs = Number.NEGATIVE_INFINITY;
  for (const [index, part] of parts.entries()) {
    const lastMs = part.wallMs.at(-1);
    if (lastMs !== undefined) {
      latestMs = Math.max(latestMs, part.latestUpToMs.at(-1) ?? latestMs);
      const earliestMs = Math.min(lastMs, earliestAfterMs[index] ?? lastMs);
      placed.push({ part, from, holesBefore, openBefore, latestMs, earliestMs });
    }
    from += part.wallMs.length;
    holesBefore += part.holesInAll;
    if (part.openAtEnd !== undefined) openBefore = part.openAtEnd;
  }
  return placed;
};

const placeOf = (witnesses: Witnesses, number: number): PlacedPart | undefined =>
  witnesses[lowestIndex(witnesses, ({ from }) => from > number) - 1];

/** Which session is open when the witness of a number was written; null or undefined of none. */
export const openAt = (witnesses: Witnesses, number: number): SessionId | null | undefined => {
  const placed = placeOf(witnesses, number);
  if (placed === undefined) return undefined;
  const { lines, witnesses: own } = placed.part;
  const seq = own[number - placed.from]?.record.seq ?? 0;
  const open = openUpTo(lines, lowestIndex(lines, ({ record }) => record.seq > seq) - 1);
  return open === undefined ? placed.openBefore : open;
};

/** The witness of a number; undefined when there is none. */
export const witnessAt = (witnesses: Witnesses, number: number): Witness | undefined => {
  const placed = placeOf(witnesses, number);
  if (placed === undefined) return undefined;
  const { part, from, holesBefore } = placed;
  const line = part.witnesses[number - from];
  if (line === undefined) return undefined;
  const wallMs = part.wallMs[number - from] ?? Number.NaN;
  return { line, wallMs, holes: holesBefore + (part.holes[number - from] ?? 0) };
};

/**
 * The lowest number up to which, itself included, the latest wall time passes a test that stays true
 * once it is true; else how many there are.
 */
export const firstUpTo = (witnesses: Witnesses, passes: (latestMs: number) => boolean): number => {
  const placed = witnesses[lowestIndex(witnesses, ({ latestMs }) => passes(latestMs))];
  if (placed === undefined) return countOf(witnesses);
  return placed.from + lowestIndex(placed.part.latestUpToMs, passes);
};

/** The lowest number from which on no wall time lies before an instant; else how many there are. */
export const firstWithNoneBefore = (witnesses: Witnesses, instantMs: number): number => {
  const placed = witnesses[lowestIndex(witnesses, ({ earliestMs }) => earliestMs >= instantMs)];
  if (placed === undefined) return countOf(witnesses);
  return placed.from + lowestIndex(placed.part.earliestFromMs, (wallMs) => wallMs >= instantMs);
};

const countOf = (witnesses: Witnesses): number => {
  const last = witnesses.at(-1);
  return last === undefined ? 0 : last.from + last.part.wallMs.length;
};
