import { describe, expect, it } from 'vitest';
import { planAhead } from '#core/plan/plan-ahead.ts';
import { planMany } from '#core/plan/plan-many.ts';
import { createDayTable } from '#runtime/day-table.ts';
import { DAY, inputOf, ruleOf, ZONE } from './plan-inputs.ts';

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
