import type { Id, LocalDay } from '#schemas/primitives.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import { factsOf, isSameFacts, judgeCell } from './cell.ts';
import { bindSeat, type Court, openCourt, type Place, type Seat, verdictsIn } from './court.ts';
import { dependentsOf } from './dependents.ts';
import type { Judgement } from './judge.ts';
import type { JudgeInput } from './judge-input.ts';
import { type CourtOrders, toOrders } from './orders.ts';
import type { RuleProblem } from './rule-check.ts';
import { extendSpeakerLog, type SpeakerNews } from './speaker-log.ts';
import { touchedDays } from './touched-days.ts';
import { createUnitBoard } from './unit-board.ts';

/**
 * Verdicts as they stand, and all that they were made from. Whatever arrives, in whatever order and
 * however often, leaves the judgement that all of it at once would have given; only what it could
 * touch is judged anew. It holds every record that it was given: one for each commune, not one for a
 * province. Source: AIRTIME.md, 4 (dependency closure).
 */
export interface Standing {
  readonly judgement: () => Judgement;
  /**
   * Takes what is new about a speaker: records in any order, or other playlists. Gives what was judged
   * anew. Errors: unknownSpeaker.
   */
  readonly take: (
    speaker: Id,
    news: Omit<SpeakerNews, 'nowMs'>,
  ) => Result<Judgement, ProblemOf<'unknownSpeaker'>>;
  /** Takes other excuses, other locks, or another instant. Gives what was judged anew. */
  readonly revise: (orders: Partial<CourtOrders>) => Judgement;
}

/**
 * Judges everything once, and stands ready for what arrives. Rules, days, units and the stays of
 * speakers are fixed: when they change, another one is opened.
 * Errors: ruleEndsBeforeStart, ruleIncomplete. Source: AIRTIME.md, 2 to 4.
 */
export const openStanding = (input: JudgeInput): Result<Standing, RuleProblem> => {
  const opened = openCourt(input);
  if (!opened.ok) return opened;
  const court = opened.value;
  for (const seat of court.seats) bindSeat(seat, court);
  const board = createUnitBoard(court);
  let orders: CourtOrders = input;
  const judgementAt = (places: readonly Place[], seats: readonly Seat[]) => ({
    verdicts: inOrder(places).flatMap(({ seat, rule, period }) => {
      return seat.cells[rule]?.[period]?.verdict ?? [];
    }),
    units: board.renew(places),
    findings: seats.flatMap(({ heard }) => heard.log.findings),
  });
  return ok({
    judgement: () => ({
      verdicts: verdictsIn(court),
      units: board.all(),
      findings: court.seats.flatMap(({ heard }) => heard.log.findings),
    }),
    take: (speaker, news) => {
      const seat = court.seatById.get(speaker);
      if (seat === undefined) return refuse({ code: 'unknownSpeaker', speaker });
      return ok(judgementAt(hear(seat, news, court), [seat]));
    },
    revise: (change) => {
      orders = { ...orders, ...change };
      court.orders = toOrders(orders);
      const { nowMs } = orders;
      const places = court.seats.flatMap((seat) => hear(seat, { nowMs }, court));
      return judgementAt(places, court.seats);
    },
  });
};

/** Takes news to a seat and judges what they touch, there and where it exempts; the places. */
const hear = (seat: Seat, news: SpeakerNews, court: Court): readonly Place[] => {
  const before = seat.heard;
  const after = extendSpeakerLog(before, news);
  seat.heard = after;
  const days = before === after ? none : touchedDays(before, after);
  const own = seat.cells.flatMap((cells, rule) =>
    cells.flatMap((_, period) => reconsider({ seat, rule, period }, days, court)),
  );
  if (before === after) return own;
  const others = dependentsOf(court, before, after);
  return [...own, ...others.flatMap((place) => reconsider(place, none, court))];
};

const none: ReadonlySet<LocalDay> = new Set();

/** Judges a place anew when anything that its verdict is made from is not as it was. */
const reconsider = (place: Place, days: ReadonlySet<LocalDay>, court: Court): readonly Place[] => {
  const { heard, cells } = place.seat;
  const row = cells[place.rule];
  const cell = row?.[place.period];
  if (row === undefined || cell === undefined) return [];
  const facts = factsOf(cell, heard, court);
  const isTouched = cell.period.rows.some(({ day }) => days.has(day));
  if (!isTouched && isSameFacts(facts, cell.facts)) return [];
  row[place.period] = judgeCell(cell, heard, facts);
  return [place];
};

/** Each place once, ascending by rule, period and speaker. */
const inOrder = (places: readonly Place[]): readonly Place[] => {
  const once = new Map(
    places.map((place) => [`${place.rule} ${place.period} ${place.seat.speaker.speaker}`, place]),
  );
  return [...once.values()].sort(
    (a, b) =>
      a.rule - b.rule ||
      a.period - b.period ||
      (a.seat.speaker.speaker < b.seat.speaker.speaker ? -1 : 1),
  );
};
