import type { RefusalReason } from '#schemas/records/reasons.ts';
import { type DayState, endOf, readDay } from './day-state.ts';
import { findPlace, makeGoodAt, obstacleOf } from './find-place.ts';
import type { MakeGood, MakeGoodDecision, MakeGoodInput, NotRepaid } from './make-good.ts';
import { isAllowed, type Missed, nextMissed } from './missed-today.ts';
import { roomOf } from './room.ts';

/**
 * Which sessions repay what was missed today, and why others are not repaid. What was placed before
 * and has not begun stays where it is as long as it may stand there; what is missed is placed at the
 * earliest minute that caps, quiet hours, dayparts, spacing and everything that is planned leave.
 * A session that sounds, or may still qualify, is not missed. Equal inputs give equal decisions, and
 * a decision that is handed in as `placed` gives itself. Source: AIRTIME.md, 5 (make-good).
 */
export const decideMakeGoods = (input: MakeGoodInput): MakeGoodDecision => {
  const before = input.placed.filter(({ session }) => input.begun.has(session.id));
  const day = input.policy.mode === 'off' ? undefined : readDay(input);
  if (day === undefined) return { placed: before, notRepaid: [] };
  const { state, notRepaid } = placeAnew(day, keepPlaced(day));
  const sounding = new Set(day.standing.map(({ session }) => session.id));
  const kept = before.map((one) =>
    isOver(day, one) || sounding.has(one.session.id) ? one : { ...one, abandoned: true },
  );
  const isFresh = ({ session }: MakeGood) => !input.begun.has(session.id);
  const placed = [...kept, ...state.standing.filter(isFresh)];
  return { placed: placed.sort((a, b) => a.session.startMs - b.session.startMs), notRepaid };
};

/** Whether its time is over, or somebody ended it: nothing of it is left to be played. */
const isOver = ({ input }: DayState, placed: MakeGood): boolean =>
  input.closed.has(placed.session.id) || endOf(placed) <= input.nowMs;

const withStanding = (state: DayState, placed: MakeGood): DayState => ({
  ...state,
  standing: [...state.standing, placed],
});

/** The day with what was placed before, is still wanted and may still stand where it was placed. */
const keepPlaced = (day: DayState): DayState => {
  const { input } = day;
  let state = day;
  for (const { session, repays } of input.placed) {
    if (input.begun.has(session.id) || session.startMs <= input.nowMs) continue;
    const missed = missedAs(state, repays.session);
    if (missed === undefined || !isAllowed(state, missed.planned.id)) continue;
    const made = makeGoodAt(state, missed, session.startMs);
    const isFree = typeof made === 'object' && obstacleOf(state, roomOf(state), made) === undefined;
    if (isFree) state = withStanding(state, made);
  }
  return state;
};

/** The missed session, if it is still one that has to be repaid. */
const missedAs = (state: DayState, session: MakeGood['repays']['session']): Missed | undefined => {
  const passed: Missed[] = [];
  for (let missed = nextMissed(state, []); missed; missed = nextMissed(state, passed)) {
    if (missed.planned.id === session) return missed;
    passed.push(missed);
  }
  return undefined;
};

/**
 * Why the day has no place for the missed session. It is asked of the day without what is placed anew,
 * so that the reason is the same once another make-good stands.
 */
const reasonIn = (bare: DayState, missed: Missed): RefusalReason => {
  const found = findPlace(bare, missed);
  return typeof found === 'string' ? found : 'noRoom';
};

/** Places what is missed beside what is `kept`; `bare` is the day before any of it stood. */
const placeAnew = (
  bare: DayState,
  kept: DayState,
): { readonly state: DayState; readonly notRepaid: readonly NotRepaid[] } => {
  let state = kept;
  const passed: Missed[] = [];
  const notRepaid: NotRepaid[] = [];
  for (let missed = nextMissed(state, passed); missed; missed = nextMissed(state, passed)) {
    const found = findPlace(state, missed);
    const reason = typeof found === 'string' ? reasonIn(bare, missed) : null;
    const { id: session } = missed.planned;
    if (typeof found === 'object' && isAllowed(state, session)) {
      state = withStanding(state, found);
    } else {
      passed.push(missed);
      const rules = missed.rules.map(({ id }) => id);
      notRepaid.push({ repays: { session, rules }, reason: reason ?? 'noPermit' });
    }
  }
  return { state, notRepaid };
};
