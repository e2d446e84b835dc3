import type { PlanBulletin, PlanInput } from '#core/plan/plan-input.ts';
import { defaultPlanSettings } from '#core/plan/plan-input.ts';
import { createDayTable } from '#runtime/day-table.ts';
import type { AirtimeCap, AirtimeRule } from '#schemas/airtime.ts';
import type { Session } from '#schemas/playlist.ts';

export const ZONE = 'Asia/Ho_Chi_Minh';
/** A Tuesday. */
export const DAY = '2025-01-14';
export const MINUTE_MS = 60_000;

/** A UUIDv7 that ends in the number. */
export const idOf = (number: number): string =>
  `01940000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;

export const CAMPAIGN = idOf(1);
export const OTHER_CAMPAIGN = idOf(2);

/** The instant at which the wall of `DAY` shows a time, in Vietnam. */
export const at = (time: string, day = DAY): number => Date.parse(`${day}T${time}:00+07:00`);

/** Hoằng Phong's demand: at least twice a day at least 30 minutes, morning or evening. */
export const ruleOf = (changes: Partial<AirtimeRule> = {}): AirtimeRule => ({
  id: idOf(10),
  version: 1,
  versionFrom: '2025-01-03',
  directive: null,
  campaign: CAMPAIGN,
  unit: idOf(11),
  scope: 'own',
  level: null,
  coverage: { numerator: 1, denominator: 1 },
  per: 'day',
  everyDays: null,
  minOccurrences: 2,
  minMinutes: 30,
  from: '2025-01-03',
  to: '2025-03-31',
  weekdays: [],
  dayparts: [
    { from: '05:30', to: '06:30' },
    { from: '17:00', to: '18:30' },
  ],
  minSpacingMin: 0,
  maxGapS: 60,
  startToleranceS: 120,
  counts: 'campaign',
  unlessAired: null,
  ...changes,
});

export const capOf = (changes: Partial<AirtimeCap> = {}): AirtimeCap => ({
  id: idOf(20),
  unit: idOf(11),
  from: '2025-01-01',
  to: null,
  maxSessionsPerDay: null,
  maxDaysPerWeek: null,
  maxSessionMinutes: null,
  maxDayMinutes: null,
  forbiddenWeekdays: [],
  quietHours: [],
  ...changes,
});

export const clipOf = (number: number, durationMs: number) => ({
  sha256: number.toString(16).padStart(64, '0'),
  bytes: durationMs * 8,
  durationMs,
});

export const bulletinOf = (
  number: number,
  durationMs: number,
  changes: Partial<PlanBulletin> = {},
): PlanBulletin => ({
  id: idOf(100 + number),
  clip: clipOf(100 + number, durationMs),
  campaigns: [CAMPAIGN],
  priority: 'normal',
  releasedMs: at('09:00', '2025-01-05') + number * MINUTE_MS,
  validFromMs: at('00:00', '2025-01-05'),
  expiresMs: at('00:00', '2025-04-01'),
  ...changes,
});

/** Twelve bulletins of 2 to 6 minutes, as they come: no length is round. */
export const someBulletins: readonly PlanBulletin[] = [
  181_234, 204_777, 243_019, 158_402, 301_555, 222_222, 349_871, 127_636, 266_040, 190_913, 275_318,
  333_007,
].map((durationMs, index) => bulletinOf(index, durationMs));

export const otherBulletins: readonly PlanBulletin[] = [4, 5, 6, 7].map((minutes, index) =>
  bulletinOf(50 + index, minutes * MINUTE_MS + 321, { campaigns: [OTHER_CAMPAIGN] }),
);

/** A second campaign: twice a day fifteen minutes. */
export const otherRule = ruleOf({ id: idOf(12), campaign: OTHER_CAMPAIGN, minMinutes: 15 });

export const inputOf = (changes: Partial<PlanInput> = {}): PlanInput => ({
  site: 'hoang-phong',
  day: DAY,
  table: createDayTable(ZONE, DAY, 2),
  nowMs: at('12:00', '2025-01-10'),
  rules: [ruleOf()],
  caps: [],
  quietHours: [{ from: '21:00', to: '05:00' }],
  dayparts: [],
  bulletins: someBulletins,
  frame: [],
  played: [],
  occupied: [],
  previous: null,
  owesFrom: null,
  aired: null,
  exempting: [],
  programmes: [],
  settings: defaultPlanSettings,
  ...changes,
});

/** The wall times at which the sessions start. */
export const startsOf = (sessions: readonly Session[]): string[] =>
  sessions.map(({ startMs }) =>
    new Date((startMs ?? 0) + 7 * 60 * MINUTE_MS).toISOString().slice(11, 16),
  );

export const lengthMs = (session: Session): number =>
  session.slots.reduce((sum, slot) => sum + slot.durationMs, 0);
