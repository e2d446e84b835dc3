import { judge } from '#core/airtime/judge.ts';
import type { JudgeInput } from '#core/airtime/judge-input.ts';
import type { RuleProblem } from '#core/airtime/rule-check.ts';
import { localDayAt } from '#runtime/day-table.ts';
import type { Speaker } from '#schemas/entities/site.ts';
import type { LocalDay } from '#schemas/primitives.ts';
import { ok, type Result } from '#schemas/result.ts';
import type { Verdict } from '#schemas/verdict.ts';

/** A speaker that stands in a unit on the day and yet owes nothing: its first day, or its last. */
export interface OffDaySpeaker {
  readonly speaker: string;
  readonly unit: string;
}

/** The speakers that were enrolled or removed on a day, by that day. */
export const offDaySpeakers = (
  speakers: readonly Speaker[],
  zone: string,
): ReadonlyMap<LocalDay, readonly OffDaySpeaker[]> => {
  const found = speakers.flatMap(({ id, unit, enrolledMs, removedMs }) => {
    const days = [enrolledMs, removedMs].flatMap((atMs) =>
      atMs === null ? [] : [localDayAt(atMs, zone)],
    );
    return [...new Set(days)].map((day) => ({ day, there: { speaker: id, unit } }));
  });
  const byDay = Map.groupBy(found, ({ day }) => day);
  return new Map([...byDay].map(([day, all]) => [day, all.map(({ there }) => there)]));
};

/**
 * What speakers aired on a day on which they owe nothing: `notDue` under each daily rule, with the
 * sessions as evidence, so that a first day is not blank. Made by the judge itself, from the same
 * rules with that weekday left out. Errors: as `judge`. Source: AIRTIME.md, 3 (days of enrolment and
 * removal) and 4.
 */
export const offDayVerdicts = (
  input: JudgeInput,
  day: LocalDay,
  speakers: readonly OffDaySpeaker[],
): Result<readonly Verdict[], RuleProblem> => {
  const row = input.table.find((one) => one.day === day);
  if (row === undefined || speakers.length === 0) return ok([]);
  const anotherWeekday = (row.weekday % 7) + 1;
  const unitBySpeaker = new Map(speakers.map(({ speaker, unit }) => [speaker, unit]));
  const judged = judge({
    ...input,
    table: [row],
    rules: input.rules.map((rule) => ({ ...rule, weekdays: [anotherWeekday] })),
    speakers: input.speakers.flatMap((speaker) => {
      const unit = unitBySpeaker.get(speaker.speaker);
      return unit === undefined ? [] : [{ ...speaker, stays: [{ unit, from: day, to: day }] }];
    }),
  });
  return judged.ok ? ok(judged.value.verdicts) : judged;
};
