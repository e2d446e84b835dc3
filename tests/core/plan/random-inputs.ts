import fc from 'fast-check';
import { defaultPlanSettings, type PlanInput } from '#core/plan/plan-input.ts';
import { createDayTable } from '#runtime/day-table.ts';
import type { Daypart } from '#schemas/primitives.ts';
import {
  bulletinOf,
  CAMPAIGN,
  capOf,
  clipOf,
  idOf,
  inputOf,
  OTHER_CAMPAIGN,
  ruleOf,
  ZONE,
} from './plan-inputs.ts';

const wall = (minutes: number): string =>
  `${String(Math.floor(minutes / 60) % 24).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

const daypart: fc.Arbitrary<Daypart> = fc
  .record({ from: fc.integer({ min: 0, max: 287 }), length: fc.integer({ min: 4, max: 48 }) })
  .map(({ from, length }) => ({ from: wall(from * 5), to: wall((from + length) * 5) }));

const rule = fc
  .record({
    campaign: fc.constantFrom(CAMPAIGN, OTHER_CAMPAIGN),
    minOccurrences: fc.integer({ min: 1, max: 4 }),
    minMinutes: fc.option(fc.integer({ min: 1, max: 40 }), { nil: null }),
    per: fc.constantFrom('day' as const, 'day' as const, 'week' as const, 'everyDays' as const),
    everyDays: fc.constant(2),
    dayparts: fc.array(daypart, { maxLength: 3 }),
    minSpacingMin: fc.constantFrom(0, 0, 45, 120),
    maxGapS: fc.constantFrom(0, 60),
    counts: fc.constantFrom('campaign' as const, 'session' as const),
  })
  .map((changes) => ruleOf(changes));

const bulletins = fc
  .array(
    fc.record({
      durationMs: fc.integer({ min: 20_000, max: 900_000 }),
      campaigns: fc.constantFrom([CAMPAIGN], [OTHER_CAMPAIGN], [CAMPAIGN, OTHER_CAMPAIGN]),
      priority: fc.constantFrom('normal' as const, 'normal' as const, 'priority' as const),
    }),
    { minLength: 1, maxLength: 16 },
  )
  .map((all) =>
    all.map(({ durationMs, ...changes }, index) => {
      const mandatory = changes.priority === 'priority' && index < 2;
      const priority = mandatory ? ('priority' as const) : ('normal' as const);
      return bulletinOf(index, durationMs, { ...changes, priority });
    }),
  );

const ident = {
  role: 'ident' as const,
  bulletin: null,
  clip: clipOf(9, 4000),
  validFromMs: 0,
  expiresMs: 253_402_300_799_999,
};

const relay = fc.array(
  fc.record({
    startsAt: fc.integer({ min: 0, max: 287 }).map((steps) => wall(steps * 5)),
    durationMs: fc.integer({ min: 300_000, max: 1_800_000 }),
    weekdays: fc.constantFrom<number[]>([], [2, 7]),
    sound: fc.constant(null),
  }),
  { maxLength: 1 },
);

const caps = fc.record({
  maxSessionsPerDay: fc.constantFrom(null, null, 2, 4),
  maxSessionMinutes: fc.constantFrom(null, null, 35, 60),
  maxDayMinutes: fc.constantFrom(null, null, 90),
});

/** A day in Vietnam, and the two days on which Berlin changes its clocks. */
const dayAndZone = fc.constantFrom(
  { day: '2025-01-14', zone: ZONE },
  { day: '2025-01-14', zone: ZONE },
  { day: '2025-03-30', zone: 'Europe/Berlin' },
  { day: '2025-10-26', zone: 'Europe/Berlin' },
);

/** Days before they begin, as varied as rules, caps and contents make them. */
export const randomInput: fc.Arbitrary<PlanInput> = fc
  .record({
    rules: fc.array(rule, { minLength: 1, maxLength: 3 }),
    bulletins,
    caps,
    when: dayAndZone,
    quiet: fc.array(daypart, { maxLength: 2 }),
    frame: fc.constantFrom([], [ident]),
    relay,
    staggerS: fc.constantFrom(0, 0, 20),
  })
  .map(({ rules, when, quiet, caps: cap, relay: relays, staggerS, ...rest }) =>
    inputOf({
      ...rest,
      day: when.day,
      table: createDayTable(when.zone, when.day, 2),
      programmes: relays.map((each, index) => ({ ...each, id: idOf(40 + index) })),
      settings: { ...defaultPlanSettings, staggerS },
      rules: rules.map((each, index) => ({ ...each, id: idOf(10 + index), to: '2025-12-31' })),
      bulletins: rest.bulletins.map((each) => ({ ...each, expiresMs: ident.expiresMs })),
      quietHours: quiet,
      caps: [capOf(cap)],
    }),
  );
