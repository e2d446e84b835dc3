import { MINUTE_MS } from '#core/local-time.ts';
import { daypartAt } from '#core/plan/session-manner.ts';
import { sessionEndMs } from '#core/playback/segment.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import type { Slot } from '#schemas/playlist.ts';
import type { RefusalReason } from '#schemas/records/reasons.ts';
import { makeGoodSessionId } from '#schemas/session.ts';
import type { DayState } from './day-state.ts';
import { MAKE_GOOD_LEAD_MS, type MakeGood } from './make-good.ts';
import type { Missed } from './missed-today.ts';
import { repayingSlots } from './repaying-slots.ts';
import { obstacleTo, type Room, roomOf } from './room.ts';

const ceilToMinute = (atMs: number): number => Math.ceil(atMs / MINUTE_MS) * MINUTE_MS;

/** A make-good of the missed session that begins at the instant, or why there is none. */
export const makeGoodAt = (
  state: DayState,
  missed: Missed,
  startMs: number,
): MakeGood | RefusalReason => {
  const { slots, rules, reason } = fillFor(state, missed, startMs);
  const { plan } = state.input;
  if (plan === null || rules.length === 0) return reason ?? 'noRoom';
  const { id: session, session: before } = missed.planned;
  return {
    session: {
      id: makeGoodSessionId(startMs),
      startMs,
      latestStartMin: 0,
      drill: false,
      priority: 'normal',
      volume: volumeAt(state, startMs, before.volume),
      slots: [...slots],
    },
    repays: { session, rules: rules.map(({ id }) => id) },
    playlist: plan.name,
    abandoned: false,
  };
};

/** As loud as the daypart in which it begins wants it; with an older policy as what was missed. */
const volumeAt = (
  { input, row }: DayState,
  startMs: number,
  missed: number | null,
): number | null => {
  const { volumes } = input.policy;
  if (volumes === undefined) return missed;
  return daypartAt(volumes.dayparts, row, startMs)?.volume ?? volumes.usual;
};

interface Filled {
  readonly slots: readonly Slot[];
  /** The rules for which the slots suffice. */
  readonly rules: readonly AirtimeRule[];
  readonly reason: RefusalReason | null;
}

const fillFor = (state: DayState, missed: Missed, startMs: number): Filled => {
  const { plan, locks } = state.input;
  const sessions = (plan?.playlist.sessions ?? []).filter(({ drill }) => !drill);
  const candidates = sessions.flatMap((session) => session.slots);
  let filled: Filled = { slots: missed.planned.session.slots, rules: [], reason: null };
  for (const rule of missed.rules) {
    const { slots, reason } = repayingSlots({
      missed: { ...missed.planned.session, slots: [...filled.slots] },
      ...{ candidates, rule, startMs, locks },
    });
    filled =
      reason === null
        ? { ...filled, slots, rules: [...filled.rules, rule] }
        : { ...filled, reason: filled.reason ?? reason };
  }
  return filled;
};

/** Whether the make-good may stand in the room, and if not, as `obstacleTo`. */
export const obstacleOf = (
  state: DayState,
  room: Room,
  { session, repays }: MakeGood,
): number | undefined | null => {
  const lengthMs = sessionEndMs(session, session.startMs) - session.startMs;
  const rules = state.owed.map(({ rule }) => rule).filter(({ id }) => repays.rules.includes(id));
  return obstacleTo(state, room, { startMs: session.startMs, lengthMs, rules });
};

/** The earliest make-good of the missed session that today has room for, or why there is none. */
export const findPlace = (state: DayState, missed: Missed): MakeGood | RefusalReason => {
  const room = roomOf(state);
  const found = search(state, missed, room);
  if (found !== 'noRoom') return found;
  const withoutQuiet = search(state, missed, { ...room, silent: [] });
  return typeof withoutQuiet === 'string' ? found : 'quietHours';
};

const search = (state: DayState, missed: Missed, room: Room): MakeGood | RefusalReason => {
  let startMs = ceilToMinute(state.input.nowMs + MAKE_GOOD_LEAD_MS);
  while (startMs < state.row.endMs) {
    const made = makeGoodAt(state, missed, startMs);
    // What is not valid yet may be later; everything else stays as it is.
    if (typeof made === 'string' && made !== 'notYetValid') return made;
    const obstacle = typeof made === 'string' ? startMs + MINUTE_MS : obstacleOf(state, room, made);
    if (obstacle === null) return 'noRoom';
    if (obstacle === undefined) return made;
    startMs = ceilToMinute(Math.max(obstacle, startMs + 1));
  }
  return 'noRoom';
};
