import type { Interval } from '#schemas/primitives.ts';
import type { EndedRecord } from '#schemas/records/log-record.ts';
import type { Sound } from './read-log.ts';

/** Where the stretch of sound before a gap ended and the one after it began, in wall time. */
interface Piece {
  readonly airtimeMs: number;
  readonly wallFromMs: number;
  readonly wallToMs: number;
}

const covers = (parts: readonly Interval[], fromMs: number, toMs: number): boolean =>
  parts.some((part) => part.fromMs <= fromMs && toMs <= part.toMs);

const cutPoints = (parts: readonly Interval[]): readonly number[] =>
  [...new Set(parts.flatMap(({ fromMs, toMs }) => [fromMs, toMs]))].sort((a, b) => a - b);

/** What of an item can be heard. */
export const heardOf = (record: EndedRecord): readonly Interval[] => {
  const length = record.played.toMs - record.played.fromMs;
  const silent = record.measurement !== null && record.measurement.silentMs >= length;
  if (record.volume === 0 || record.outcome === 'none' || silent) return [];
  return record.audible
    .map(({ fromMs, toMs }) => ({
      fromMs: Math.max(fromMs, record.played.fromMs),
      toMs: Math.min(toMs, record.played.toMs),
    }))
    .filter(({ fromMs, toMs }) => fromMs < toMs);
};

const wallAt = (sounds: readonly Sound[], pick: (part: Interval) => number, at: number): number => {
  const owner = sounds.find(({ record }) => heardOf(record).some((part) => pick(part) === at));
  return at + (owner?.offsetMs ?? Number.NaN);
};

/** The runs of one boot, by walking over the elementary segments between all end points. */
const piecesOfBoot = (
  sounds: readonly Sound[],
  emergencies: readonly Interval[],
  maxGapMs: number,
): readonly Piece[] => {
  const heard = sounds.flatMap(({ record }) => heardOf(record));
  const points = cutPoints([...heard, ...emergencies]);
  const pieces: Piece[] = [];
  let gapMs = Number.POSITIVE_INFINITY;
  for (const [index, fromMs] of points.entries()) {
    const toMs = points[index + 1];
    if (toMs === undefined) break;
    if (covers(heard, fromMs, toMs)) {
      const last = gapMs <= maxGapMs ? pieces.pop() : undefined;
      pieces.push({
        airtimeMs: (last?.airtimeMs ?? 0) + toMs - fromMs,
        wallFromMs: last?.wallFromMs ?? wallAt(sounds, (part) => part.fromMs, fromMs),
        wallToMs: wallAt(sounds, (part) => part.toMs, toMs),
      });
      gapMs = 0;
    } else if (!covers(emergencies, fromMs, toMs)) gapMs += toMs - fromMs;
  }
  return pieces;
};

const uncoveredMs = (fromMs: number, toMs: number, excused: readonly Interval[]): number => {
  const points = cutPoints([...excused, { fromMs, toMs }]);
  let sum = 0;
  for (const [index, at] of points.entries()) {
    const next = points[index + 1];
    if (next === undefined || at < fromMs || next > toMs) continue;
    if (!covers(excused, at, next)) sum += next - at;
  }
  return sum;
};

/** The airtime of the longest run of the sounds of one session. */
export const longestRunMs = (
  sounds: readonly Sound[],
  emergencies: readonly Sound[],
  maxGapMs: number,
): number => {
  const wallEmergencies = emergencies.map(({ record, offsetMs }) => ({
    fromMs: record.played.fromMs + (offsetMs ?? 0),
    toMs: record.played.toMs + (offsetMs ?? 0),
  }));
  const joined: Piece[] = [];
  for (const boot of new Set(sounds.map((sound) => sound.boot))) {
    const ofBoot = sounds.filter((sound) => sound.boot === boot);
    const urgent = emergencies.filter((sound) => sound.boot === boot);
    const excused = urgent.map(({ record }) => record.played);
    for (const [index, piece] of piecesOfBoot(ofBoot, excused, maxGapMs).entries()) {
      const last = index === 0 ? joined.at(-1) : undefined;
      const gapMs =
        last === undefined ? 0 : uncoveredMs(last.wallToMs, piece.wallFromMs, wallEmergencies);
      if (last === undefined || gapMs > maxGapMs) joined.push(piece);
      else {
        joined.pop();
        const airtimeMs = last.airtimeMs + piece.airtimeMs;
        joined.push({ ...piece, airtimeMs, wallFromMs: last.wallFromMs });
      }
    }
  }
  return Math.max(0, ...joined.map(({ airtimeMs }) => airtimeMs));
};
