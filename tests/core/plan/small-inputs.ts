import fc from 'fast-check';
import type { PlanInput } from '#core/plan/plan-input.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import type { Daypart } from '#schemas/primitives.ts';
import {
  at,
  bulletinOf,
  CAMPAIGN,
  capOf,
  clipOf,
  idOf,
  inputOf,
  OTHER_CAMPAIGN,
  ruleOf,
} from './plan-inputs.ts';

const wall = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** Between 05:00 and 21:00, a quarter of an hour to nearly two hours. */
const daypart: fc.Arbitrary<Daypart> = fc
  .record({ from: fc.integer({ min: 60, max: 220 }), length: fc.integer({ min: 5, max: 26 }) })
  .map(({ from, length }) => ({ from: wall(from * 5), to: wall((from + length) * 5) }));

const rule: fc.Arbitrary<Partial<AirtimeRule>> = fc.record({
  campaign: fc.constantFrom(CAMPAIGN, OTHER_CAMPAIGN),
  minOccurrences: fc.constantFrom(1, 1, 2, 3),
  minMinutes: fc.integer({ min: 2, max: 20 }),
  dayparts: fc.array(daypart, { minLength: 1, maxLength: 2 }),
  minSpacingMin: fc.constantFrom(0, 0, 30, 60),
  counts: fc.constantFrom('campaign' as const, 'campaign' as const, 'session' as const),
});

const bulletin = fc.record({
  durationMs: fc.integer({ min: 30_000, max: 600_000 }),
  campaigns: fc.constantFrom(
    [CAMPAIGN],
    [OTHER_CAMPAIGN],
    [CAMPAIGN],
    [OTHER_CAMPAIGN],
    [CAMPAIGN, OTHER_CAMPAIGN],
  ),
  priority: fc.constantFrom(
    'normal' as const,
    'normal' as const,
    'normal' as const,
    'priority' as const,
  ),
});

const cap = fc.record({
  maxSessionsPerDay: fc.constantFrom(null, 2, 3, 4),
  maxSessionMinutes: fc.constantFrom(null, null, 25, 45),
  maxDayMinutes: fc.constantFrom(null, null, 60, 90),
});

const ident = {
  role: 'ident' as const,
  bulletin: null,
  clip: clipOf(9, 4000),
  validFromMs: 0,
  expiresMs: at('00:00', '2026-01-01'),
};

const relay = fc
  .record({ from: fc.integer({ min: 60, max: 230 }), length: fc.integer({ min: 2, max: 8 }) })
  .map(({ from, length }) => ({
    fromMs: at(wall(from * 5)),
    toMs: at(wall((from + length) * 5)),
  }));

/** Days of one to three rules that are tight, without midnight, quiet hours and expiring bulletins. */
export const smallInput: fc.Arbitrary<PlanInput> = fc
  .record({
    rules: fc.array(rule, { minLength: 1, maxLength: 3 }),
    bulletins: fc.array(bulletin, { minLength: 2, maxLength: 6 }),
    cap,
    occupied: fc.array(relay, { maxLength: 1 }),
    frame: fc.constantFrom([], [ident]),
  })
  .map(({ rules, bulletins, cap: one, ...rest }) =>
    inputOf({
      ...rest,
      rules: rules.map((changes, index) => ruleOf({ ...changes, id: idOf(10 + index) })),
      bulletins: bulletins.map(({ durationMs, ...changes }, index) =>
        bulletinOf(index, durationMs, changes),
      ),
      caps: [capOf(one)],
      quietHours: [],
    }),
  );
