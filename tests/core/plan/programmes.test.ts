import { describe, expect, it } from 'vitest';
import { planAroundProblems } from '#core/plan/plan-around-problems.ts';
import type { FixedProgramme } from '#core/plan/plan-input.ts';
import { at, CAMPAIGN, capOf, clipOf, idOf, inputOf, ruleOf, startsOf } from './plan-inputs.ts';
import { planOf, problemOf, sessionsOf } from './planned.ts';

const evening = { from: '17:00', to: '18:30' };
const one = ruleOf({ minOccurrences: 1, dayparts: [evening] });

const programmeOf = (changes: Partial<FixedProgramme> = {}): FixedProgramme => ({
  id: idOf(40),
  startsAt: '17:00',
  durationMs: 1_800_000,
  weekdays: [],
  sound: null,
  ...changes,
});
const news = {
  kind: 'clip' as const,
  clip: clipOf(41, 1_800_000),
  bulletin: idOf(41),
  campaigns: [CAMPAIGN],
};

describe('fixed programmes', () => {
  it('a relay from elsewhere is not talked over, on its weekdays', () => {
    expect(startsOf(sessionsOf({ rules: [one], programmes: [programmeOf()] }))).toEqual(['17:30']);
    const sundays = [programmeOf({ weekdays: [7] })];
    expect(startsOf(sessionsOf({ rules: [one], programmes: sundays }))).toEqual(['17:00']);
  });

  it('the commune’s own news is a session at its own time', () => {
    const programmes = [programmeOf({ sound: { ...news, campaigns: [] }, startsAt: '17:45' })];
    const sessions = sessionsOf({ rules: [one], programmes });
    expect(startsOf(sessions)).toEqual(['17:00', '17:45']);
    expect(sessions[1]?.slots).toMatchObject([{ bulletin: idOf(41), kind: 'clip' }]);
  });

  it('a programme of the campaign is an occurrence itself', () => {
    const sessions = sessionsOf({ rules: [one], programmes: [programmeOf({ sound: news })] });
    expect(startsOf(sessions)).toEqual(['17:00']);
  });

  it('a programme of the campaign needs no bulletin beside it where it is enough', () => {
    const sound = { kind: 'relay' as const, clip: null, bulletin: null, campaigns: [CAMPAIGN] };
    const programmes = [programmeOf({ sound })];
    expect(startsOf(sessionsOf({ rules: [one], programmes, bulletins: [] }))).toEqual(['17:00']);
    const twice = ruleOf({ minOccurrences: 2, dayparts: [evening] });
    expect(problemOf({ rules: [twice], programmes, bulletins: [] })).toMatchObject({
      code: 'noPlan',
      needed: 2,
      placed: 1,
    });
  });

  it('a relayed programme is planned as a relay', () => {
    const sound = { kind: 'relay' as const, clip: null, bulletin: null, campaigns: [] };
    const sessions = sessionsOf({ rules: [], programmes: [programmeOf({ sound })] });
    expect(sessions[0]?.slots).toMatchObject([
      { kind: 'relay', clip: null, durationMs: 1_800_000 },
    ]);
  });

  it('stays where it is when the day is planned again shortly before', () => {
    const programmes = [programmeOf({ sound: news })];
    const previous = planOf({ rules: [one], programmes }).playlist;
    const nowMs = at('16:55');
    expect(sessionsOf({ rules: [one], programmes, previous, nowMs })).toEqual(previous.sessions);
  });

  it.each([
    { why: 'quiet hours', changes: { quietHours: [{ from: '17:10', to: '17:20' }] } },
    { why: 'a cap', changes: { caps: [capOf({ maxSessionMinutes: 15 })], rules: [] } },
    {
      why: 'another programme',
      changes: { programmes: [programmeOf({ sound: news }), programmeOf({ id: idOf(42) })] },
    },
  ])('one that $why does not allow is named, and the rest is planned', ({ changes }) => {
    const input = { rules: [one], programmes: [programmeOf({ sound: news })], ...changes };
    const problem = { code: 'programmeUnplannable', programme: idOf(40), day: '2025-01-14' };
    expect(problemOf(input)).toEqual(problem);
    const plan = planAroundProblems(inputOf(input));
    expect(plan.problems).toEqual([problem]);
  });
});
