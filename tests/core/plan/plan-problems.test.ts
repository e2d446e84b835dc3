import { describe, expect, it } from 'vitest';
import { createDayTable } from '#runtime/day-table.ts';
import {
  bulletinOf,
  CAMPAIGN,
  capOf,
  DAY,
  idOf,
  MINUTE_MS,
  otherBulletins,
  otherRule,
  ruleOf,
  someBulletins,
  ZONE,
} from './plan-inputs.ts';
import { problemOf } from './planned.ts';

describe('what cannot be planned is said with numbers', () => {
  it.each([
    {
      why: 'the rule ends before it starts',
      changes: { rules: [ruleOf({ to: '2024-03-31' })] },
      problem: { code: 'ruleEndsBeforeStart', from: '2025-01-03', to: '2024-03-31' },
    },
    {
      why: 'fewer sessions are allowed than demanded',
      changes: { caps: [capOf({ maxSessionsPerDay: 1 })] },
      problem: { code: 'minimumAboveCap', needed: 2, allowed: 1 },
    },
    {
      why: 'sessions may not be as long as demanded',
      changes: { caps: [capOf({ maxSessionMinutes: 15 })] },
      problem: { code: 'minimumAboveCap', needed: 30, allowed: 15 },
    },
    {
      why: 'the weekday is forbidden',
      changes: { caps: [capOf({ forbiddenWeekdays: [2] })] },
      problem: { code: 'minimumAboveCap', needed: 2, allowed: 0 },
    },
    {
      why: 'fewer days a week are allowed than demanded',
      changes: { caps: [capOf({ maxDaysPerWeek: 5 })] },
      problem: { code: 'minimumAboveCap', needed: 7, allowed: 5 },
    },
    {
      why: 'the campaign has nothing released',
      changes: { bulletins: otherBulletins },
      problem: { code: 'campaignWithoutBulletins', campaign: CAMPAIGN },
    },
    {
      why: 'the dayparts are too short',
      changes: { rules: [ruleOf({ dayparts: [{ from: '05:30', to: '05:50' }] })] },
      problem: { code: 'daypartTooShort', neededMs: 1_800_000, availableMs: 1_200_000 },
    },
    {
      why: 'the only bulletin is longer than the daypart',
      changes: { bulletins: [bulletinOf(1, 100 * MINUTE_MS)] },
      problem: { code: 'daypartTooShort', neededMs: 6_000_000, availableMs: 5_400_000 },
    },
    {
      why: 'the dayparts hold too few',
      changes: { rules: [ruleOf({ minOccurrences: 6 })] },
      problem: { code: 'noPlan', day: DAY, needed: 6, placed: 5 },
    },
  ])('$why', ({ changes, problem }) => {
    expect(problemOf(changes)).toMatchObject(problem);
  });

  it('rules that together want more days a week than a cap allows get the first days', () => {
    const early = ruleOf({ weekdays: [1, 2, 3], minOccurrences: 1 });
    const late = ruleOf({ id: idOf(12), weekdays: [4, 5, 6], minOccurrences: 1 });
    const caps = [capOf({ maxDaysPerWeek: 5 })];
    const on = (day: string) =>
      problemOf({ rules: [early, late], caps, day, table: createDayTable(ZONE, day, 2) });
    expect(on('2025-01-17')).toMatchObject({ shortfalls: [] });
    expect(on('2025-01-18')).toMatchObject({ code: 'minimumAboveCap', needed: 6, allowed: 5 });
  });

  it('rules that cannot hold together under a cap are shown to be impossible', () => {
    const rules = [ruleOf(), ruleOf({ ...otherRule, minOccurrences: 4 })];
    const bulletins = [...someBulletins, ...otherBulletins];
    expect(problemOf({ rules, bulletins, caps: [capOf({ maxDayMinutes: 70 })] })).toMatchObject({
      code: 'noPlan',
      needed: 4,
    });
  });
});
