import type { Id } from '#schemas/primitives.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { Verdict } from '#schemas/verdict.ts';
import { type Cell, factsOf, judgeCell } from './cell.ts';
import { type ExemptionSources, speakersByUnit } from './exemption.ts';
import type { JudgedSpeaker, JudgeInput } from './judge-input.ts';
import { membershipOf } from './membership.ts';
import { type Orders, toOrders } from './orders.ts';
import { createRuleBook, type RulePages } from './rule-book.ts';
import { problemOfRule, type RuleProblem } from './rule-check.ts';
import { readSpeakerLog, type SpeakerLog } from './speaker-log.ts';
import { createUnitTree } from './unit-tree.ts';

/** A speaker with its log, and its verdicts by rule and then period, where it is bound. */
export interface Seat {
  readonly speaker: Pick<JudgedSpeaker, 'speaker' | 'stays'>;
  /** The log as it is now; read when it is first asked for. */
  heard: SpeakerLog;
  /** Lets go of the log as it was read: who asks again has it read again. */
  readonly release: () => void;
  readonly cells: (Cell | undefined)[][];
}

/** A verdict's place: rule and period by their indexes in the court. */
export interface Place {
  readonly seat: Seat;
  readonly rule: number;
  readonly period: number;
}

/** Everything that verdicts are made from, ready to be looked up. */
export interface Court {
  /** Ascending by the rule's id. */
  readonly rules: readonly RulePages[];
  /** Ascending by the speaker's id. */
  readonly seats: readonly Seat[];
  readonly seatById: ReadonlyMap<Id, Seat>;
  readonly seatsByUnit: ReadonlyMap<Id, readonly Seat[]>;
  readonly sources: ExemptionSources;
  readonly unitIds: readonly Id[];
  orders: Orders;
}

/**
 * Prepares a court; no log is read and nothing is judged yet.
 * Errors: ruleEndsBeforeStart, ruleIncomplete.
 */
export const openCourt = (input: JudgeInput): Result<Court, RuleProblem> => {
  const known = new Set(input.rules.map(({ id }) => id));
  for (const rule of input.rules) {
    const problem = problemOfRule(rule, known);
    if (problem !== undefined) return refuse(problem);
  }
  const book = createRuleBook(input.rules, input.table);
  const rules = [...book.values()];
  const seats = [...input.speakers]
    .sort((a, b) => (a.speaker < b.speaker ? -1 : 1))
    .map((speaker) => createSeat(speaker, rules, input));
  const seatsByUnit = speakersByUnit(seats);
  return ok({
    rules,
    seats,
    seatById: new Map(seats.map((seat) => [seat.speaker.speaker, seat])),
    seatsByUnit,
    sources: { book, tree: createUnitTree(input.units), speakersByUnit: seatsByUnit },
    unitIds: [...new Set(input.units.map(({ unit }) => unit))].sort(),
    orders: toOrders(input),
  });
};

const createSeat = (
  speaker: JudgedSpeaker,
  rules: readonly RulePages[],
  { table, nowMs }: JudgeInput,
): Seat => {
  let heard: SpeakerLog | undefined;
  return {
    speaker,
    get heard() {
      heard ??= readSpeakerLog(speaker, table, nowMs);
      return heard;
    },
    set heard(log) {
      heard = log;
    },
    release: () => {
      heard = undefined;
    },
    cells: rules.map(({ periods }) => periods.map(() => undefined)),
  };
};

/** Judges every period in which a rule binds the speaker, for the first time. */
export const bindSeat = (seat: Seat, court: Court): void => {
  const { speaker, heard } = seat;
  for (const [rule, { periods }] of court.rules.entries()) {
    const cells = seat.cells[rule] ?? [];
    for (const [index, period] of periods.entries()) {
      const membership = membershipOf(period, speaker, court.sources.tree);
      if (membership === undefined) continue;
      const bound = { period, membership };
      cells[index] = judgeCell(bound, heard, factsOf(bound, heard, court));
    }
  }
};

/** Every verdict, ascending by rule, period and speaker. */
export const verdictsIn = ({ rules, seats }: Court): readonly Verdict[] =>
  rules.flatMap(({ periods }, rule) =>
    periods.flatMap((_, period) =>
      seats.flatMap(({ cells }) => cells[rule]?.[period]?.verdict ?? []),
    ),
  );
