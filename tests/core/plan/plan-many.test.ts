import { describe, expect, it } from 'vitest';
import { planAhead } from '#core/plan/plan-ahead.ts';
import { planMany } from '#core/plan/plan-many.ts';
import { createDayTable } from '#runtime/day-table.ts';
import { capOf, clipOf, DAY, idOf, inputOf, ruleOf, startsOf, ZONE } from './plan-inputs.ts';

const inputFor = (minutes: number) => {
  const { day: _, ...rest } = inputOf({ rules: [ruleOf({ minMinutes: minutes })], aired: [] });
  return { ...rest, table: createDayTable(ZONE, DAY, 3), previous: [] };
};

describe('many speakers', () => {
  it('get the plans that each would get alone, in their order', () => {
    const inputs = [30, 15, 30].map(inputFor);
    expect(planMany(inputs)).toEqual(inputs.map(planAhead));
  });

  it('with equal inputs share one computation', () => {
    const [first, other, equal] = planMany([30, 15, 30].map(inputFor));
    expect(equal).toBe(first);
    expect(other).not.toBe(first);
  });
});

describe('what reaches over midnight', () => {
  const night = { id: idOf(40), startsAt: '23:45', durationMs: 1_800_000, weekdays: [] };

  it('is a session of the day on which it begins only', () => {
    const sound = { kind: 'clip' as const, clip: clipOf(41, 1_800_000), bulletin: idOf(41) };
    const plan = planAhead({
      ...inputFor(30),
      quietHours: [],
      caps: [capOf({ maxSessionsPerDay: 3 })],
      programmes: [{ ...night, sound: { ...sound, campaigns: [] } }],
    });
    expect(plan.refusals.map(({ problem }) => problem)).toEqual([]);
    expect(plan.playlists.map(({ sessions }) => startsOf(sessions))).toEqual([
      ['05:30', '17:00', '23:45'],
      ['05:30', '17:00', '23:45'],
    ]);
  });

  it('is not talked over on the day after when another source plays it', () => {
    const rules = [ruleOf({ minOccurrences: 1, dayparts: [] })];
    const programmes = [{ ...night, sound: null, weekdays: [2] }];
    const plan = planAhead({ ...inputFor(30), quietHours: [], rules, programmes });
    expect(plan.playlists.map(({ sessions }) => startsOf(sessions))).toEqual([
      ['00:00'],
      ['00:15'],
    ]);
  });
});
