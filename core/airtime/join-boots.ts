import type { Interval } from '#schemas/primitives.ts';
import type { BootStretch } from './boot-stretches.ts';

/** Stretches that are one run, as far as the log has been looked at. */
interface Group {
  /** The first of them in the log. */
  readonly first: BootStretch;
  readonly stretches: BootStretch[];
  readonly airtimeMs: number;
  /** When the latest of them ended. */
  readonly wallToMs: number;
}

/** Whether a gap in wall time is small enough. When it is, every shorter one inside it is, too. */
export type WallGapJoins = (gap: Interval) => boolean;

/**
 * The runs of some stretches, which come in the order of the log; so do those of each run, and the
 * runs by their first. Stretches of two boots join when the gap from the end of that of the earlier
 * boot to the start of that of the later one is small enough, and with them all that they have joined.
 * Source: AIRTIME.md, 3; docs/adr/0028-a-run-is-what-is-near.md.
 */
export const joinBoots = (
  stretches: readonly BootStretch[],
  gapJoins: WallGapJoins,
): readonly Pick<Group, 'stretches' | 'airtimeMs'>[] => {
  // Nearly every session is one stretch, and judging millions of them pays for each list that is made.
  if (stretches.length < 2) return stretches.map(toGroup);
  const open: Group[] = [];
  for (let from = 0; from < stretches.length; ) {
    const to = endOfBoot(stretches, from);
    addBoot(open, stretches.slice(from, to), gapJoins);
    from = to;
  }
  for (const { stretches: ofRun } of open) ofRun.sort(inLogOrder);
  return open.sort((a, b) => inLogOrder(a.first, b.first));
};

const endOfBoot = (stretches: readonly BootStretch[], from: number): number => {
  let to = from + 1;
  while (stretches[to]?.boot === stretches[from]?.boot) to += 1;
  return to;
};

/**
 * Groups stay ascending by their ends. The one that ended latest is the nearest to all that follows:
 * whatever of the next boot joins any joins that one, and the earliest of it reaches farthest back.
 * What joins none begins after all of them have ended.
 */
const addBoot = (open: Group[], own: readonly BootStretch[], gapJoins: WallGapJoins): void => {
  const latest = open.at(-1);
  const isNear = ({ wallFromMs }: BootStretch): boolean =>
    latest !== undefined && gapJoins({ fromMs: latest.wallToMs, toMs: wallFromMs });
  const apart = own.filter((one) => !isNear(one)).map(toGroup);
  if (apart.length < own.length) {
    const joining = own.filter(isNear);
    const earliestMs = joining.reduce(
      (least, { wallFromMs }) => Math.min(least, wallFromMs),
      Number.POSITIVE_INFINITY,
    );
    const reached = takeReached(open, earliestMs, gapJoins);
    apart.push(united([...reached, ...joining.map(toGroup)]));
  }
  apart.sort((a, b) => a.wallToMs - b.wallToMs);
  for (const group of apart) open.push(group);
};

/** Takes those off the end that a gap to an instant joins. */
const takeReached = (open: Group[], instantMs: number, gapJoins: WallGapJoins): Group[] => {
  const from = open.findLastIndex(
    ({ wallToMs }) => !gapJoins({ fromMs: wallToMs, toMs: instantMs }),
  );
  return open.splice(from + 1);
};

const toGroup = (stretch: BootStretch): Group => ({
  first: stretch,
  stretches: [stretch],
  airtimeMs: stretch.airtimeMs,
  wallToMs: stretch.wallToMs,
});

/** All go to the group with the most stretches, so that no stretch is moved often. */
const united = (groups: readonly Group[]): Group => {
  const largest = groups.reduce((a, b) => (b.stretches.length > a.stretches.length ? b : a));
  const { stretches } = largest;
  let { first } = largest;
  let airtimeMs = 0;
  let wallToMs = Number.NEGATIVE_INFINITY;
  for (const group of groups) {
    airtimeMs += group.airtimeMs;
    wallToMs = Math.max(wallToMs, group.wallToMs);
    if (inLogOrder(group.first, first) < 0) first = group.first;
    if (group !== largest) for (const one of group.stretches) stretches.push(one);
  }
  return { first, stretches, airtimeMs, wallToMs };
};

const inLogOrder = (a: BootStretch, b: BootStretch): number =>
  a.boot - b.boot || a.fromMs - b.fromMs;
