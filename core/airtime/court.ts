import type { Id } from '#schemas/primitives.ts';
import type { Cell } from './cell.ts';
import { type ExemptionSources, speakersByUnit } from './exemption.ts';
import type { JudgeInput } from './judge-input.ts';
import { type Orders, toOrders } from './orders.ts';
import { createRuleBook, type RulePages } from './rule-book.ts';
import { readSpeakerLog, type SpeakerLog } from './speaker-log.ts';
import { createUnitTree } from './unit-tree.ts';

/** A speaker with its log, and its verdicts by rule and then period, where it is bound. */
export interface Seat {
  heard: SpeakerLog;
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

/** Reads all logs; nothing is judged yet. */
export const openCourt = (input: JudgeInput): Court => {
  const { table, nowMs } = input;
  const book = createRuleBook(input.rules, table);
  const rules = [...book.values()];
  const seats = [...input.speakers]
    .sort((a, b) => (a.speaker < b.speaker ? -1 : 1))
    .map(
      (speaker): Seat => ({
        heard: readSpeakerLog(speaker, table, nowMs),
        cells: rules.map(({ periods }) => periods.map(() => undefined)),
      }),
    );
  const seatsByUnit = speakersByUnit(seats);
  return {
    rules,
    seats,
    seatById: new Map(seats.map((seat) => [seat.heard.speaker.speaker, seat])),
    seatsByUnit,
    sources: { book, tree: createUnitTree(input.units), speakersByUnit: seatsByUnit },
    unitIds: [...new Set(input.units.map(({ unit }) => unit))].sort(),
    orders: toOrders(input),
  };
};
