import { type LocalDayRow, rowAt } from '#core/local-time.ts';
import { qualifies, spacedStarts } from '#core/plan/qualify.ts';
import { sessionEndMs } from '#core/playback/segment.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import type { Session } from '#schemas/playlist.ts';
import type { Id, Interval } from '#schemas/primitives.ts';
import type { SessionId } from '#schemas/session.ts';
import { type AiredDay, readAiredDay } from './aired-today.ts';
import { canStillRepay } from './broken-off.ts';
import { type MakeGood, type MakeGoodInput, SETTLE_MS } from './make-good.ts';
import { type OwedRule, owedOn } from './owed-today.ts';
import { windowsOn } from './windows-on.ts';

/**
 * A session of today's playlist. `isOpen`: it sounds, or may still sound as it was planned;
 * `occursUnder`: the rules of which it is a qualifying occurrence when it is aired as planned.
 */
export interface PlannedToday extends Interval {
  readonly id: SessionId;
  readonly session: Session;
  readonly isOpen: boolean;
  readonly occursUnder: ReadonlySet<Id>;
}

/** The day as it stands, for deciding what is lacking and where there is room. */
export interface DayState {
  readonly input: MakeGoodInput;
  readonly row: LocalDayRow;
  readonly owed: readonly OwedRule[];
  readonly aired: AiredDay;
  readonly planned: readonly PlannedToday[];
  /** Make-goods that sound or will. */
  readonly standing: readonly MakeGood[];
}

/** When the make-good ends, if it begins as placed. */
export const endOf = ({ session }: MakeGood): number => sessionEndMs(session, session.startMs);

/** The day of the instant, before anything is placed anew; undefined outside the table. */
export const readDay = (input: MakeGoodInput): DayState | undefined => {
  const row = rowAt(input.table, input.nowMs);
  if (row === undefined) return undefined;
  const restarting = new Map(input.restarting.map(({ id, toMs }) => [id, toMs]));
  const isOpen = (id: SessionId, endMs: number): boolean =>
    !input.closed.has(id) &&
    (input.sounding === id || restarting.has(id) || input.nowMs < endMs + SETTLE_MS);
  const sessions = input.plan?.playlist.sessions ?? [];
  const owed = owedOn(input.policy, row);
  const aired = readAiredDay(input.log, row, input.nowMs);
  return {
    input,
    row,
    owed,
    aired,
    planned: sessions.flatMap((session) => {
      const { id, startMs } = session;
      if (id === null || startMs === null) return [];
      const toMs = Math.max(sessionEndMs(session, startMs), restarting.get(id) ?? 0);
      const rules = occursUnder(session, owed, row);
      return [{ id, session, fromMs: startMs, toMs, isOpen: isOpen(id, toMs), occursUnder: rules }];
    }),
    standing: input.placed.filter(
      (placed) =>
        input.begun.has(placed.session.id) &&
        isOpen(placed.session.id, endOf(placed)) &&
        !isLeft(placed, { owed, aired, input }),
    ),
  };
};

/** Whether what is left of a begun make-good is not played any more. */
const isLeft = (
  placed: MakeGood,
  { owed, aired, input }: Pick<DayState, 'owed' | 'aired' | 'input'>,
): boolean => {
  const rules = owed.map(({ rule }) => rule).filter(({ id }) => placed.repays.rules.includes(id));
  return placed.abandoned || (input.sounding === null && !canStillRepay(placed, rules, aired));
};

const occursUnder = (
  session: Session,
  owed: readonly OwedRule[],
  row: LocalDayRow,
): ReadonlySet<Id> => {
  const rules = owed
    .map(({ rule }) => rule)
    .filter((rule) => !session.drill && qualifies(session, rule, windowsOn(row, rule)));
  return new Set(rules.map(({ id }) => id));
};

/** The planned starts of what qualifies under the rule, or will if all goes as it should. */
export const startsInSight = (state: DayState, rule: AirtimeRule): readonly number[] => {
  const { aired, planned, standing } = state;
  const coming = planned.filter((one) => one.isOpen && one.occursUnder.has(rule.id));
  const repaying = standing.filter(({ repays }) => repays.rules.includes(rule.id));
  return [
    ...new Set([
      ...aired.startsUnder(rule),
      ...coming.map(({ fromMs }) => fromMs),
      ...repaying.map(({ session }) => session.startMs),
    ]),
  ];
};

/**
 * How many occurrences of today's plan the rule lacks for certain: what the playlist would have
 * yielded, no more than the rule counts of one day, less what is in sight.
 */
export const lackingOf = (state: DayState, { rule, most }: OwedRule): number => {
  const starts = state.planned
    .filter((one) => one.occursUnder.has(rule.id))
    .map(({ fromMs }) => fromMs);
  const planned = Math.min(most, spacedCount(starts, rule));
  return Math.max(0, planned - spacedCount(startsInSight(state, rule), rule));
};

/** The most of the starts that keep the rule's spacing to one another. */
const spacedCount = (starts: readonly number[], rule: AirtimeRule): number =>
  spacedStarts(
    starts.toSorted((a, b) => a - b),
    rule,
    [],
  ).length;
