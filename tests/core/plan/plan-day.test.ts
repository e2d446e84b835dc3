import { describe, expect, it } from 'vitest';
import { canonicalJson } from '#core/canonical-json.ts';
import { createDayTable } from '#runtime/day-table.ts';
import { playlistSchema } from '#schemas/playlist.ts';
import {
  at,
  bulletinOf,
  capOf,
  DAY,
  idOf,
  lengthMs,
  MINUTE_MS,
  otherBulletins,
  otherRule,
  ruleOf,
  someBulletins,
  startsOf,
  ZONE,
} from './plan-inputs.ts';
import { planOf, sessionsOf } from './planned.ts';

const evening = { from: '17:00', to: '18:30' };

describe('where sessions stand', () => {
  it('one session opens each daypart', () => {
    expect(startsOf(sessionsOf())).toEqual(['05:30', '17:00']);
  });

  it('more occurrences than dayparts lie evenly inside them', () => {
    const rules = [ruleOf({ minOccurrences: 3, minMinutes: 15 })];
    expect(startsOf(sessionsOf({ rules }))).toEqual(['05:30', '06:00', '17:00']);
  });

  it.each([
    { place: 'the middle of the daypart', quiet: { from: '17:30', to: '17:40' }, start: '17:40' },
    { place: 'the beginning', quiet: { from: '16:00', to: '17:20' }, start: '17:20' },
  ])('quiet hours at $place move the session behind them', ({ quiet, start }) => {
    const rules = [ruleOf({ minOccurrences: 1, dayparts: [evening] })];
    expect(startsOf(sessionsOf({ rules, quietHours: [quiet] }))).toEqual([start]);
  });

  it('a rule keeps its spacing', () => {
    const rules = [ruleOf({ dayparts: [evening], minMinutes: 10, minSpacingMin: 65 })];
    expect(startsOf(sessionsOf({ rules }))).toEqual(['17:00', '18:05']);
  });

  it('a relay in the daypart is not talked over', () => {
    const rules = [ruleOf({ minOccurrences: 1, dayparts: [evening] })];
    const occupied = [{ fromMs: at('17:00'), toMs: at('17:30') }];
    expect(startsOf(sessionsOf({ rules, occupied }))).toEqual(['17:30']);
  });

  it('sessions of two campaigns in one daypart follow one another', () => {
    const rules = [ruleOf({ minOccurrences: 1, minMinutes: 20 }), otherRule];
    const sessions = sessionsOf({ rules, bulletins: [...someBulletins, ...otherBulletins] });
    expect(startsOf(sessions)).toEqual(['05:30', '05:55', '17:00']);
  });

  it('two campaigns share the sessions when a cap allows no more of them', () => {
    const caps = [capOf({ maxSessionsPerDay: 2 })];
    const rules = [ruleOf(), otherRule];
    const bulletins = [...someBulletins, ...otherBulletins];
    const sessions = sessionsOf({ rules, caps, bulletins });
    expect(startsOf(sessions)).toEqual(['05:30', '17:00']);
    for (const session of sessions) {
      expect(new Set(session.slots.flatMap((slot) => slot.campaigns)).size).toBe(2);
    }
  });

  it('two rules of one campaign are served by the same sessions', () => {
    const rules = [ruleOf(), ruleOf({ id: idOf(13), minMinutes: 10, minOccurrences: 1 })];
    expect(startsOf(sessionsOf({ rules }))).toEqual(['05:30', '17:00']);
  });

  it('a rule of three a week is planned on three different days', () => {
    const rules = [ruleOf({ per: 'week', minOccurrences: 3 })];
    const days = ['2025-01-13', DAY, '2025-01-15', '2025-01-16', '2025-01-17', '2025-01-18'];
    const counts = [...days, '2025-01-19'].map(
      (day) => sessionsOf({ rules, day, table: createDayTable(ZONE, day, 2) }).length,
    );
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(3);
    expect(Math.max(...counts)).toBe(1);
  });

  it('a rule of every three days is planned once in each block', () => {
    const rules = [ruleOf({ per: 'everyDays', everyDays: 3, minOccurrences: 1 })];
    const planned = ['2025-01-12', '2025-01-13', DAY].filter((day) => {
      const table = createDayTable(ZONE, day, 2);
      return sessionsOf({ rules, day, table }).length > 0;
    });
    expect(planned).toHaveLength(1);
  });

  it('a new version of a rule takes over on its day', () => {
    const later = ruleOf({ version: 2, versionFrom: '2025-01-15', minOccurrences: 1 });
    const rules = [ruleOf(), later];
    const table = createDayTable(ZONE, '2025-01-15', 2);
    expect(sessionsOf({ rules })).toHaveLength(2);
    expect(sessionsOf({ rules, day: '2025-01-15', table })).toHaveLength(1);
  });

  it('a session waits for the first bulletin to become valid', () => {
    const rules = [ruleOf({ minOccurrences: 1, minMinutes: 10, dayparts: [evening] })];
    const bulletins = someBulletins.map((each) => ({ ...each, validFromMs: at('17:10') }));
    expect(startsOf(sessionsOf({ rules, bulletins }))).toEqual(['17:10']);
  });

  it('a daypart that wraps midnight holds sessions of its evening', () => {
    const dayparts = [{ from: '23:00', to: '01:00' }];
    const rules = [ruleOf({ minOccurrences: 1, dayparts, minMinutes: 50 })];
    const quietHours = [{ from: '01:00', to: '23:00' }];
    expect(startsOf(sessionsOf({ rules, quietHours }))).toEqual(['00:00']);
    const occupied = [{ fromMs: at('00:00'), toMs: at('01:00') }];
    expect(startsOf(sessionsOf({ rules, quietHours, occupied }))).toEqual(['23:00']);
  });

  it('a daypart as long as the minimum leaves no margin, also across midnight; a minute more does', () => {
    const bulletins = Array.from({ length: 60 }, (_, index) =>
      bulletinOf(index, 20_000 + index * 331),
    );
    const minutesIn = (from: string, to: string) => {
      const rules = [ruleOf({ minOccurrences: 1, dayparts: [{ from, to }] })];
      const [session] = sessionsOf({ rules, bulletins, quietHours: [] });
      return session && lengthMs(session) / MINUTE_MS;
    };
    expect(minutesIn('23:50', '00:20')).toBe(30);
    expect(minutesIn('12:00', '12:30')).toBe(30);
    expect(minutesIn('23:50', '00:21')).toBeGreaterThanOrEqual(30.5);
  });

  it('a day that the zone skipped stays silent', () => {
    const [day, table] = ['2011-12-30', createDayTable('Pacific/Apia', '2011-12-30', 2)];
    const rules = [ruleOf({ from: '2011-12-01', versionFrom: '2011-12-01' })];
    expect(sessionsOf({ rules, day, table })).toEqual([]);
  });

  it('a day that the rule does not list stays silent', () => {
    expect(sessionsOf({ rules: [ruleOf({ weekdays: [1, 3] })] })).toEqual([]);
  });
});

describe('the document', () => {
  it('is a playlist by its contract', () => {
    expect(playlistSchema.parse(planOf().playlist)).toEqual(planOf().playlist);
  });

  it('has the same bytes each time, and in whatever order the input comes', () => {
    const frame = [] as const;
    const bulletins = [...someBulletins, ...otherBulletins];
    const rules = [ruleOf(), otherRule];
    const once = canonicalJson(planOf({ bulletins, rules, frame }).playlist);
    const again = canonicalJson(planOf({ bulletins, rules, frame }).playlist);
    const turned = canonicalJson(
      planOf({ bulletins: bulletins.toReversed(), rules: rules.toReversed() }).playlist,
    );
    expect(again).toBe(once);
    expect(turned).toBe(once);
  });
});
