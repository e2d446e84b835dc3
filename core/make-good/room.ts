import { clipTo, lengthOf, unionOf } from '#core/airtime/intervals.ts';
import { wallIntervals } from '#core/airtime/wall-intervals.ts';
import { type LocalDayRow, MINUTE_MS } from '#core/local-time.ts';
import { fixedOn, reachingInto } from '#core/plan/programme-hours.ts';
import { programmesOn } from '#core/plan/programmes.ts';
import { PAUSE_MS } from '#core/playback/interlocks.ts';
import { WHOLE_WITHIN_MS } from '#core/playback/segment.ts';
import type { AirtimeCap, AirtimeRule } from '#schemas/airtime.ts';
import type { Id, Interval } from '#schemas/primitives.ts';
import type { SessionId } from '#schemas/session.ts';
import { type DayState, endOf, startsInSight } from './day-state.ts';
import type { Occupied } from './make-good.ts';
import { startsBeside } from './starts-beside.ts';
import { windowsOn } from './windows-on.ts';

/** How far a make-good keeps from all other sound: a pause that also a late start leaves one. */
const APART_MS = PAUSE_MS + WHOLE_WITHIN_MS;

/** What of the day is closed to make-goods, and how much of the caps is left. */
export interface Room {
  /** Quiet hours. */
  readonly silent: readonly Interval[];
  /** What sounds or will, here or from another source, each with the pause around it. */
  readonly taken: readonly Interval[];
  readonly maxLengthMs: number;
  readonly sessionsLeft: number;
  readonly soundLeftMs: number;
  /** What stands on neighbouring days and may not be too close, by rule. */
  readonly beside: ReadonlyMap<Id, readonly number[]>;
}

/** The room that caps, quiet hours and everything that is planned leave today. */
export const roomOf = (state: DayState): Room => {
  const { input, row } = state;
  const caps = input.policy.caps.filter(
    ({ from, to }) => from <= row.day && (to === null || row.day <= to),
  );
  const coming = comingSound(state);
  const programmes = fixedOn(input.policy.programmes, row.day);
  const comingIds = new Set(coming.flatMap(({ id }) => id ?? []));
  const { heard } = state.aired;
  const starting = coming.filter(({ fromMs }) => fromMs >= row.startMs && fromMs < row.endMs);
  const fresh = starting.filter(({ id }) => id === null || !heard.has(id));
  const today = { fromMs: row.startMs, toMs: row.endMs };
  const comingMs = lengthOf(clipTo(unionOf(coming), today));
  const soundMs = state.aired.heardMsWithout(comingIds) + comingMs;
  return {
    silent: silentTimes(state, caps),
    taken: [
      ...coming,
      ...reachingInto(input.policy.programmes, row),
      ...programmesOn({ programmes }, row),
    ].map(({ fromMs, toMs }) => ({ fromMs: fromMs - APART_MS, toMs: toMs + APART_MS })),
    maxLengthMs: Math.min(
      input.locks.maxContinuousMs,
      leastMs(caps.map(({ maxSessionMinutes }) => maxSessionMinutes)),
    ),
    sessionsLeft: mostSessions(caps, row) - heard.size - fresh.length,
    soundLeftMs: leastMs(caps.map(({ maxDayMinutes }) => maxDayMinutes)) - soundMs,
    beside: new Map(state.owed.map((owed) => [owed.rule.id, startsBeside(input, owed)])),
  };
};

/** Everything that sounds or will, and is not all in the log. */
const comingSound = ({ input, planned, standing }: DayState): readonly Occupied[] => [
  ...input.occupied,
  ...planned.filter(({ isOpen }) => isOpen),
  ...standing.map((placed) => ({
    id: placed.session.id as SessionId | null,
    fromMs: placed.session.startMs,
    toMs: endOf(placed),
  })),
];

const silentTimes = (
  { input, row }: DayState,
  caps: readonly AirtimeCap[],
): readonly Interval[] => {
  const quietHours = caps.flatMap((cap) => cap.quietHours);
  return unionOf([...wallIntervals(row, quietHours), ...input.locks.quiet]);
};

/** How many sessions the caps allow on the day. */
const mostSessions = (caps: readonly AirtimeCap[], { weekday }: LocalDayRow): number => {
  if (caps.some(({ forbiddenWeekdays }) => forbiddenWeekdays.includes(weekday))) return 0;
  return least(caps.map(({ maxSessionsPerDay }) => maxSessionsPerDay));
};

const least = (values: readonly (number | null)[]): number =>
  Math.min(Number.POSITIVE_INFINITY, ...values.filter((value) => value !== null));

const leastMs = (minutes: readonly (number | null)[]): number =>
  Math.floor(least(minutes) * MINUTE_MS);

/** A make-good that is to be placed: how long it sounds, and the rules that it is for. */
export interface Wanted {
  readonly startMs: number;
  readonly lengthMs: number;
  readonly rules: readonly AirtimeRule[];
}

/**
 * Where to look next when the make-good may not stand at its start: undefined when it may, null when
 * it may nowhere. It lies inside one daypart of each rule (of the site, where the rule names none) and
 * inside the day, apart from quiet hours by as much as the clock may be off, from all other sound by a
 * pause, and from the rules' occurrences by their spacing, those of neighbouring days in the same period
 * too; no cap is broken. Source: AIRTIME.md, 4 and 5.
 */
export const obstacleTo = (
  state: DayState,
  room: Room,
  { startMs, lengthMs, rules }: Wanted,
): number | undefined | null => {
  if (room.sessionsLeft < 1 || lengthMs > Math.min(room.maxLengthMs, room.soundLeftMs)) return null;
  const endMs = startMs + lengthMs;
  if (endMs > state.row.endMs) return null;
  for (const rule of rules) {
    const outside = outsideWindows(placesOf(state, rule), { fromMs: startMs, toMs: endMs });
    if (outside !== undefined) return outside;
    const others = [...startsInSight(state, rule), ...(room.beside.get(rule.id) ?? [])];
    const near = tooClose(others, startMs, rule);
    if (near !== undefined) return near;
  }
  const { uncertaintyMs } = state.input.locks;
  const sound = { fromMs: startMs - uncertaintyMs, toMs: endMs + uncertaintyMs };
  const quiet = room.silent.find((each) => touches(each, sound));
  if (quiet !== undefined) return quiet.toMs + uncertaintyMs;
  return room.taken.find((each) => touches(each, { fromMs: startMs, toMs: endMs }))?.toMs;
};

/** Where what repays the rule may lie: in its own dayparts, else in the site's. */
const placesOf = ({ row, input }: DayState, rule: AirtimeRule): readonly Interval[] => {
  const dayparts = rule.dayparts.length > 0 ? rule.dayparts : (input.policy.dayparts ?? []);
  return windowsOn(row, { dayparts });
};

const touches = (a: Interval, b: Interval): boolean => a.fromMs < b.toMs && b.fromMs < a.toMs;

const outsideWindows = (
  windows: readonly Interval[],
  sound: Interval,
): number | undefined | null => {
  if (windows.some(({ fromMs, toMs }) => fromMs <= sound.fromMs && sound.toMs <= toMs)) {
    return undefined;
  }
  return windows.find(({ fromMs }) => fromMs > sound.fromMs)?.fromMs ?? null;
};

const tooClose = (
  starts: readonly number[],
  startMs: number,
  rule: AirtimeRule,
): number | undefined => {
  const spacingMs = rule.minSpacingMin * MINUTE_MS;
  const near = starts.find((other) => Math.abs(other - startMs) < spacingMs);
  return near === undefined ? undefined : near + spacingMs;
};
