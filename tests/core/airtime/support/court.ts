import { judge } from '#core/airtime/judge.ts';
import type { JudgedSpeaker, JudgeInput, UnitSpan } from '#core/airtime/judge-input.ts';
import { createDayTable } from '#runtime/day-table.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import type { Id } from '#schemas/primitives.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import type { Verdict } from '#schemas/verdict.ts';
import { campaign, commune, ruleId, speakerA, villageA, villageB } from './ids.ts';

export const zone = 'Asia/Ho_Chi_Minh';
export const HOUR = 3_600_000;
export const MINUTE = 60_000;
export const SECOND = 1000;

/** Monday 2026-03-02, 00:00 in Việt Nam. */
export const monday = Date.parse('2026-03-02T00:00:00+07:00');
export const DAY = 24 * HOUR;
export const WEEK = 7 * DAY;

/** Wall time of a day of that week, Monday being 0. */
export const at = (day: number, clock: string): number => {
  const [hours = 0, minutes = 0, seconds = 0] = clock.split(':').map(Number);
  return monday + day * DAY + hours * HOUR + minutes * MINUTE + Math.round(seconds * SECOND);
};

/** At least one occurrence a day of 30 minutes, any time of day, by village A's own speakers. */
export const rule = (change: Partial<AirtimeRule> = {}): AirtimeRule => ({
  id: ruleId,
  version: 1,
  versionFrom: '2026-01-01',
  directive: null,
  campaign,
  unit: villageA,
  scope: 'own',
  level: null,
  coverage: { numerator: 1, denominator: 1 },
  per: 'day',
  everyDays: null,
  minOccurrences: 1,
  minMinutes: 30,
  from: '2026-03-02',
  to: '2026-03-08',
  weekdays: [],
  dayparts: [],
  minSpacingMin: 0,
  maxGapS: 60,
  startToleranceS: 120,
  counts: 'campaign',
  unlessAired: null,
  ...change,
});

export const units: readonly UnitSpan[] = [
  { unit: commune, level: 'commune', parent: null, from: '2020-01-01', to: null },
  { unit: villageA, level: 'village', parent: commune, from: '2020-01-01', to: null },
  { unit: villageB, level: 'village', parent: commune, from: '2020-01-01', to: null },
];

/** A speaker that has stood in a unit for long. */
export const speaker = (
  log: readonly LogRecord[],
  name: Id = speakerA,
  unit: Id = villageA,
): JudgedSpeaker => ({
  speaker: name,
  stays: [{ unit, from: '2026-01-01', to: null }],
  log,
  planned: [],
});

/** One speaker, one rule, the week from Monday 2026-03-02, judged a day after its end. */
export const inputOf = (
  log: readonly LogRecord[],
  change: Partial<JudgeInput> = {},
): JudgeInput => ({
  rules: [rule()],
  table: createDayTable(zone, '2026-03-02', 7),
  units,
  speakers: [speaker(log)],
  excuses: [],
  locks: [],
  nowMs: at(8, '00:00'),
  ...change,
});

/** The judgement; a refusal fails the test. */
export const judged = (input: JudgeInput) => {
  const result = judge(input);
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
};

/** The verdict of the period that begins on Monday + `day`, for the only speaker and rule. */
export const verdictOn = (input: JudgeInput, day = 0): Verdict => {
  const from = input.table[day]?.day;
  const found = judged(input).verdicts.find((one) => one.period.from === from);
  if (found === undefined) throw new Error(`no verdict on ${from}`);
  return found;
};
