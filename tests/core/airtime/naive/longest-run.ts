import type { Interval } from '#schemas/primitives.ts';
import type { EndedRecord } from '#schemas/records/log-record.ts';
import type { Sound } from './read-log.ts';

/** An audible interval of one record: its positions, and its own wall times. */
interface Piece extends Interval {
  readonly seq: number;
  readonly boot: number;
  readonly wallFromMs: number;
  readonly wallToMs: number;
}

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

const movedBy = ({ fromMs, toMs }: Interval, ms: number): Interval => ({
  fromMs: fromMs + ms,
  toMs: toMs + ms,
});

const piecesOf = ({ record, boot, offsetMs = Number.NaN }: Sound): readonly Piece[] =>
  heardOf(record).map((part) => {
    const wall = movedBy(part, offsetMs);
    return { ...part, seq: record.seq, boot, wallFromMs: wall.fromMs, wallToMs: wall.toMs };
  });

const covers = (parts: readonly Interval[], fromMs: number, toMs: number): boolean =>
  parts.some((part) => part.fromMs <= fromMs && toMs <= part.toMs);

/** How much of a window the parts cover, segment by segment between all end points in it. */
const coveredMs = (parts: readonly Interval[], window: Interval): number => {
  const ends = [...parts, window].flatMap(({ fromMs, toMs }) => [fromMs, toMs]);
  const points = [...new Set(ends)]
    .filter((at) => window.fromMs <= at && at <= window.toMs)
    .sort((a, b) => a - b);
  let sum = 0;
  for (const [index, at] of points.entries()) {
    const next = points[index + 1];
    if (next !== undefined && covers(parts, at, next)) sum += next - at;
  }
  return sum;
};

const gapBetween = (a: Piece, b: Piece): Interval => {
  if (a.boot === b.boot) {
    return { fromMs: Math.min(a.toMs, b.toMs), toMs: Math.max(a.fromMs, b.fromMs) };
  }
  const [earlier, later] = a.boot < b.boot ? [a, b] : [b, a];
  return { fromMs: earlier.wallToMs, toMs: later.wallFromMs };
};

/** Whether two pieces are near to each other. */
const areNear = (
  a: Piece,
  b: Piece,
  { emergencies, maxGapMs }: { readonly emergencies: readonly Sound[]; readonly maxGapMs: number },
): boolean => {
  const gap = gapBetween(a, b);
  const lengthMs = gap.toMs - gap.fromMs;
  if (lengthMs <= maxGapMs) return true;
  const excused =
    a.boot === b.boot
      ? emergencies.filter(({ boot }) => boot === a.boot).map(({ record }) => record.played)
      : emergencies.map(({ record, offsetMs }) => movedBy(record.played, offsetMs ?? Number.NaN));
  return lengthMs - coveredMs(excused, gap) <= maxGapMs;
};

/** The airtime of pieces: boot by boot the length of their union. */
const airtimeOf = (pieces: readonly Piece[]): number => {
  let sum = 0;
  for (const own of Map.groupBy(pieces, ({ boot }) => boot).values()) {
    const fromMs = Math.min(...own.map((piece) => piece.fromMs));
    const toMs = Math.max(...own.map((piece) => piece.toMs));
    sum += coveredMs(own, { fromMs, toMs });
  }
  return sum;
};

/** The longest run of the sounds of one session, and the numbers of its records. */
export interface NaiveRun {
  readonly airtimeMs: number;
  readonly seqs: ReadonlySet<number>;
}

/** Any piece is held against any other; of equal runs the one that begins earliest in the log. */
export const longestRunOf = (
  sounds: readonly Sound[],
  emergencies: readonly Sound[],
  maxGapMs: number,
): NaiveRun => {
  let apart = sounds.flatMap(piecesOf).sort((a, b) => a.boot - b.boot || a.fromMs - b.fromMs);
  let longest: NaiveRun = { airtimeMs: 0, seqs: new Set() };
  for (let [first] = apart; first !== undefined; [first] = apart) {
    const run = [first];
    apart = apart.filter((piece) => piece !== first);
    for (const member of run) {
      const near = apart.filter((piece) => areNear(member, piece, { emergencies, maxGapMs }));
      run.push(...near);
      apart = apart.filter((piece) => !near.includes(piece));
    }
    const airtimeMs = airtimeOf(run);
    if (airtimeMs > longest.airtimeMs)
      longest = { airtimeMs, seqs: new Set(run.map(({ seq }) => seq)) };
  }
  return longest;
};
