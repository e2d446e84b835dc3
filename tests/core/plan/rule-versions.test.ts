import fc from 'fast-check';
import { expect, it } from 'vitest';
import { judge } from '#core/airtime/judge.ts';
import { playlistsAsAired } from '#core/airtime/playlist-as-aired.ts';
import { planAhead } from '#core/plan/plan-ahead.ts';
import { addDays, createDayTable } from '#runtime/day-table.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import { idOf, inputOf, ruleOf, ZONE } from './plan-inputs.ts';

const MONDAY = '2025-01-13';
const DAYS = 14;
const SPEAKER = idOf(2);
const UNIT = idOf(11);
const table = createDayTable(ZONE, MONDAY, DAYS + 1);
const fromMs = (table[0]?.startMs ?? 0) - 1;
const toMs = (table[DAYS - 1]?.endMs ?? 0) + 1;

const versionOf = (version: number): fc.Arbitrary<AirtimeRule> =>
  fc
    .record({
      per: fc.constantFrom('day' as const, 'week' as const, 'everyDays' as const),
      everyDays: fc.integer({ min: 1, max: 9 }),
      minOccurrences: fc.integer({ min: 1, max: 4 }),
      minMinutes: fc.constantFrom(5, 10, 20),
      weekdays: fc.constantFrom<number[][]>([], [1, 3, 5], [6, 7]),
      inForceAfter: fc.integer({ min: 0, max: 12 }),
      beginsAfter: fc.constantFrom(0, 0, 2, 5),
      lasts: fc.integer({ min: 0, max: 20 }),
    })
    .map(({ inForceAfter, beginsAfter, lasts, ...rule }) =>
      ruleOf({
        ...rule,
        version,
        versionFrom: addDays(MONDAY, version === 1 ? 0 : inForceAfter),
        from: addDays(MONDAY, beginsAfter),
        to: addDays(MONDAY, beginsAfter + lasts),
      }),
    );

/** What the judge says of each period that lies in the days, when they are aired as planned. */
const judgedAsPlanned = (rules: AirtimeRule[]) => {
  const { day: _, ...rest } = inputOf({ aired: [], rules });
  const plan = planAhead({ ...rest, table, previous: [] });
  expect(plan).toMatchObject({ refusals: [], shortfalls: [] });
  const judged = judge({
    rules,
    table: table.slice(0, DAYS),
    units: [{ unit: UNIT, level: 'village', parent: null, from: '2025-01-01', to: null }],
    speakers: [
      {
        speaker: SPEAKER,
        stays: [{ unit: UNIT, from: MONDAY, to: null }],
        log: playlistsAsAired(plan.playlists, { speaker: SPEAKER, fromMs, toMs }),
        planned: [],
      },
    ],
    ...{ excuses: [], locks: [], nowMs: toMs },
  });
  return judged.ok ? judged.value.verdicts.map(({ verdict }) => verdict) : ['notJudged'];
};

it('however a rule was changed, extended or cut, what is planned for it is judged met', () => {
  const versions = fc.tuple(versionOf(1), versionOf(2), versionOf(3));
  fc.assert(
    fc.property(versions, (rules) => {
      const wrong = judgedAsPlanned(rules).filter((code) => code !== 'met' && code !== 'notDue');
      expect(wrong).toEqual([]);
    }),
    { numRuns: 100 },
  );
});
