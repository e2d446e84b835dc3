import type { AirtimeRule } from '#schemas/airtime.ts';
import type { Id } from '#schemas/primitives.ts';
import { sessionIdToStartMs } from '#schemas/read-session-id.ts';
import type { SessionId } from '#schemas/session.ts';
import { type DayState, lackingOf, type PlannedToday } from './day-state.ts';
import { MAX_REPAYMENTS } from './make-good.ts';

/** A session of today's playlist that came to nothing, and the rules that lack it. */
export interface Missed {
  readonly planned: PlannedToday;
  readonly rules: readonly AirtimeRule[];
}

/** Whether the missed session may be repaid without asking, or somebody has said so. */
export const isAllowed = ({ input, aired }: DayState, missed: SessionId): boolean => {
  if (input.permitted.has(missed)) return true;
  // What somebody ended by hand must not come back by itself.
  return input.policy.mode === 'byItself' && !aired.stopped.has(missed);
};

/**
 * The missed session that is to be repaid next: of those that a rule lacks the earliest, permitted
 * ones first; undefined when nothing more is lacking. `passed` were looked at before, and what they
 * would have repaid is not asked of others.
 */
export const nextMissed = (state: DayState, passed: readonly Missed[]): Missed | undefined => {
  const lacking = rulesLacking(state, passed);
  if (lacking.length === 0) return undefined;
  const repaid = new Set(state.standing.map(({ repays }) => repays.session));
  const isNew = (id: SessionId) =>
    !repaid.has(id) && !passed.some(({ planned }) => planned.id === id) && !isGivenUp(state, id);
  return state.planned
    .filter(({ id, isOpen }) => !isOpen && isNew(id))
    .map((planned) => ({
      planned,
      rules: lacking.filter((rule) => isMissed(state, planned, rule)),
    }))
    .filter(({ rules }) => rules.length > 0)
    .sort((a, b) => rankOf(state, a) - rankOf(state, b) || a.planned.fromMs - b.planned.fromMs)[0];
};

const rankOf = (state: DayState, { planned }: Missed): number =>
  isAllowed(state, planned.id) ? 0 : 1;

/** Whether the session was to be an occurrence of the rule, is none, and has not been repaid. */
const isMissed = ({ aired }: DayState, planned: PlannedToday, rule: AirtimeRule): boolean => {
  const starts = aired.startsUnder(rule);
  const repaying = [...(aired.repaying.get(planned.id) ?? [])].map(sessionIdToStartMs);
  return (
    planned.occursUnder.has(rule.id) &&
    ![planned.fromMs, ...repaying].some((startMs) => starts.includes(startMs))
  );
};

const rulesLacking = (state: DayState, passed: readonly Missed[]): readonly AirtimeRule[] => {
  const lost = state.planned.filter(({ id, isOpen }) => !isOpen && isGivenUp(state, id));
  const spent = (rule: Id) =>
    passed.filter(({ rules }) => rules.some(({ id }) => id === rule)).length;
  return state.owed
    .filter((owed) => {
      const { rule } = owed;
      const lostUnder = lost.filter((planned) => isMissed(state, planned, rule)).length;
      return lackingOf(state, owed) > spent(rule.id) + lostUnder;
    })
    .map(({ rule }) => rule);
};

/** Whether it was begun so often to repay the session, or ended by hand, that it is left alone. */
export const isGivenUp = ({ input, aired }: DayState, missed: SessionId): boolean => {
  const begun = input.placed
    .filter(({ session, repays }) => repays.session === missed && input.begun.has(session.id))
    .map(({ session }) => session.id);
  const tries = new Set([...begun, ...(aired.repaying.get(missed) ?? [])]);
  const isEnded = (id: SessionId) => input.closed.has(id) || aired.stopped.has(id);
  return tries.size >= MAX_REPAYMENTS || [...tries].some(isEnded);
};
