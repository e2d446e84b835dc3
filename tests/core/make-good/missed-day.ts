import { judgeCaps } from '#core/airtime/caps.ts';
import { judge } from '#core/airtime/judge.ts';
import { playlistsAsAired } from '#core/airtime/playlist-as-aired.ts';
import type { MakeGood, MakeGoodInput } from '#core/make-good/make-good.ts';
import { quietTimes } from '#core/playback/quiet-times.ts';
import { createDayTable } from '#runtime/day-table.ts';
import type { AirtimeCap, AirtimeRule } from '#schemas/airtime.ts';
import type { MakeGoodPolicy } from '#schemas/make-good.ts';
import type { Playlist, Session, Slot } from '#schemas/playlist.ts';
import type { Daypart } from '#schemas/primitives.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import { plannedSessionId } from '#schemas/session.ts';
import type { CapFinding, Verdict } from '#schemas/verdict.ts';
import { at, CAMPAIGN, capOf, DAY, idOf, MINUTE_MS, ruleOf, ZONE } from '../plan/plan-inputs.ts';

export const SPEAKER = idOf(900);
export const UNIT = idOf(11);
export const NAME = 'd'.repeat(64);
export const QUIET: readonly Daypart[] = [{ from: '21:00', to: '05:00' }];
export const table = createDayTable(ZONE, DAY, 1);
/** The day before, the day and the day after it. */
const days = createDayTable(ZONE, '2025-01-13', 3);

/** A slot of the campaign with a clip of its own number. */
export const slotOf = (number: number, minutes: number, change: Partial<Slot> = {}): Slot => ({
  offsetMs: 0,
  durationMs: minutes * MINUTE_MS,
  kind: 'clip',
  clip: {
    sha256: number.toString(16).padStart(64, '0'),
    bytes: 1,
    durationMs: minutes * MINUTE_MS,
  },
  bulletin: idOf(100 + number),
  campaigns: [CAMPAIGN],
  role: 'bulletin',
  priority: 'normal',
  validFromMs: 0,
  expiresMs: at('23:59', '2025-04-01'),
  ...change,
});

/** A planned session of these slots, gapless. */
export const sessionAt = (time: string | number, slots: readonly Slot[]): Session => {
  const startMs = typeof time === 'number' ? time : at(time);
  let offsetMs = 0;
  const placed = slots.map((slot) => {
    const moved = { ...slot, offsetMs };
    offsetMs += slot.durationMs;
    return moved;
  });
  const rest = { latestStartMin: 60, drill: false, priority: 'normal', volume: null } as const;
  return { id: plannedSessionId(startMs), startMs, ...rest, slots: placed };
};

export const playlistOf = (sessions: readonly Session[]): Playlist => ({
  v: 1,
  site: 'hoang-phong',
  day: DAY,
  sessions: [...sessions],
});

/** The log of a day on which exactly these sessions were aired, up to `toMs`. */
export const logOf = (
  sessions: readonly Session[],
  toMs: number,
  made: readonly MakeGood[] = [],
): readonly LogRecord[] => {
  const repaysBy = new Map(made.map(({ session, repays }) => [session.id as string, repays]));
  const all = [...sessions, ...made.map(({ session }) => session)];
  return playlistsAsAired([playlistOf(all)], {
    speaker: SPEAKER,
    fromMs: (table[0]?.startMs ?? 0) - 1,
    toMs,
  }).map((record) => {
    const repays = record.kind === 'ended' ? repaysBy.get(record.session) : undefined;
    return repays === undefined ? record : { ...record, repays };
  });
};

export interface Given {
  readonly now: string | number;
  readonly sessions: readonly Session[];
  /** Those of the sessions that were aired whole. */
  readonly aired?: readonly Session[];
  readonly rules?: readonly AirtimeRule[];
  readonly caps?: readonly AirtimeCap[];
  readonly policy?: Partial<MakeGoodPolicy>;
  readonly withdrawn?: readonly string[];
  readonly hasClip?: (sha256: string) => boolean;
}

/** The input of a decision at the instant. */
export const inputOf = (given: Given, change: Partial<MakeGoodInput> = {}): MakeGoodInput => {
  const nowMs = typeof given.now === 'number' ? given.now : at(given.now);
  return {
    nowMs,
    table: days,
    policy: {
      mode: 'byItself',
      owesFrom: null,
      rules: [...(given.rules ?? [ruleOf()])],
      caps: [...(given.caps ?? [])],
      programmes: [],
      ...given.policy,
    },
    locks: {
      quiet: quietTimes(days, QUIET),
      withdrawn: new Set(given.withdrawn),
      hasClip: given.hasClip ?? (() => true),
      maxContinuousMs: 240 * MINUTE_MS,
      uncertaintyMs: 100,
    },
    plan: { playlist: playlistOf(given.sessions), name: NAME },
    neighbours: [],
    occupied: [],
    log: logOf(given.aired ?? [], nowMs),
    begun: new Set(),
    closed: new Set(),
    sounding: null,
    restarting: [],
    placed: [],
    permitted: new Set(),
    ...change,
  };
};

export interface Judged {
  readonly verdicts: readonly Verdict[];
  readonly breaches: readonly CapFinding[];
}

/** What the judge says the day after, when exactly these were aired. */
export const judged = (
  { rules = [ruleOf()], caps = [] }: Pick<Given, 'rules' | 'caps'>,
  sessions: readonly Session[],
  made: readonly MakeGood[] = [],
): Judged => {
  const toMs = (table[0]?.endMs ?? 0) + 1;
  const log = logOf(sessions, toMs, made);
  const stays = [{ unit: UNIT, from: DAY, to: DAY }];
  const facts = {
    table,
    units: [{ unit: UNIT, level: 'village', parent: null, from: DAY, to: null }] as const,
    speakers: [{ speaker: SPEAKER, stays, log, planned: [] }],
    nowMs: toMs,
  };
  const found = judge({ ...facts, rules, excuses: [], locks: [] });
  if (!found.ok) throw new Error(found.problem.code);
  const quiet = capOf({ id: idOf(29), quietHours: [...QUIET] });
  return {
    verdicts: found.value.verdicts,
    breaches: judgeCaps({ ...facts, caps: [quiet, ...caps] }),
  };
};

/** Wall times of the starts. */
export const startsOf = (placed: readonly MakeGood[]): string[] =>
  placed.map(({ session }) =>
    new Date(session.startMs + 7 * 60 * MINUTE_MS).toISOString().slice(11, 16),
  );
