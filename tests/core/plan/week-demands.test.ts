import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { judgeCaps } from '#core/airtime/caps.ts';
import { judge } from '#core/airtime/judge.ts';
import { playlistsAsAired } from '#core/airtime/playlist-as-aired.ts';
import { planAhead } from '#core/plan/plan-ahead.ts';
import type { AiredDay, PlanInput } from '#core/plan/plan-input.ts';
import { createDayTable } from '#runtime/day-table.ts';
import type { AirtimeCap, AirtimeRule } from '#schemas/airtime.ts';
import type { Playlist } from '#schemas/playlist.ts';
import { at, capOf, idOf, inputOf, ruleOf, startsOf, ZONE } from './plan-inputs.ts';

/** Hundreds of days are planned and judged, also on a machine that is busy with other work. */
vi.setConfig({ testTimeout: 180_000 });

const MONDAY = '2025-01-13';
const SPEAKER = idOf(2);
const UNIT = idOf(11);

const week = (changes: Partial<PlanInput>, from = MONDAY, days = 7) => {
  const { day: _, ...rest } = inputOf({ aired: [], ...changes });
  return planAhead({ ...rest, table: createDayTable(ZONE, from, days + 1), previous: [] });
};

/** Which days of the plan hold sessions, and how many. */
const sessionsPerDay = ({ playlists }: { readonly playlists: readonly Playlist[] }) =>
  Object.fromEntries(
    playlists
      .filter(({ sessions }) => sessions.length > 0)
      .map(({ day, sessions }) => [day, sessions.length]),
  );

const aired = (rule: AirtimeRule, ...days: string[]): AiredDay[] =>
  days.map((day) => ({ day, occurrences: [{ rule: rule.id, startMs: at('05:30', day) }] }));

const asJudged = (playlists: readonly Playlist[], days: number) => {
  const table = createDayTable(ZONE, MONDAY, days);
  const fromMs = (table[0]?.startMs ?? 0) - 1;
  const toMs = Math.max(table.at(-1)?.endMs ?? 0) + 1;
  const log = playlistsAsAired(playlists, { speaker: SPEAKER, fromMs, toMs });
  const stays = [{ unit: UNIT, from: MONDAY, to: null }];
  return {
    table,
    units: [{ unit: UNIT, level: 'village', parent: null, from: '2025-01-01', to: null }] as const,
    speakers: [{ speaker: SPEAKER, stays, log, planned: [] }],
    nowMs: toMs,
  };
};

const verdictsOf = (rules: AirtimeRule[], playlists: readonly Playlist[], days = 7) => {
  const judged = judge({ rules, ...asJudged(playlists, days), excuses: [], locks: [] });
  return judged.ok ? judged.value.verdicts.map(({ verdict }) => verdict) : [];
};

const capFindings = (caps: AirtimeCap[], playlists: readonly Playlist[]) =>
  judgeCaps({ caps, ...asJudged(playlists, 7) });

const weekly = (changes: Partial<AirtimeRule> = {}) =>
  ruleOf({ per: 'week', minOccurrences: 3, ...changes });

describe('a rule by the week', () => {
  it('is spread over the week', () => {
    const plan = week({ rules: [weekly()] });
    expect(Object.keys(sessionsPerDay(plan))).toEqual(['2025-01-15', '2025-01-17', '2025-01-19']);
  });

  it.each([
    {
      why: 'longer, from a day before the first version ends',
      versions: [
        weekly({ to: '2025-01-15' }),
        weekly({ version: 2, versionFrom: '2025-01-14', minOccurrences: 4 }),
      ],
    },
    {
      why: 'by the day, from the middle of a week on',
      versions: [
        weekly({ minOccurrences: 7 }),
        weekly({ version: 2, versionFrom: '2025-01-15', per: 'day', minMinutes: 10 }),
      ],
    },
    {
      why: 'in blocks of other lengths',
      versions: [
        weekly({ per: 'everyDays', everyDays: 3, minOccurrences: 3, from: MONDAY }),
        weekly({ version: 2, versionFrom: '2025-01-15', per: 'everyDays', everyDays: 2 }),
      ],
    },
  ])('is planned by the version that judges each day, when a new one is $why', ({ versions }) => {
    const plan = week({ rules: versions });
    const verdicts = verdictsOf(versions, plan.playlists);
    expect(verdicts.length).toBeGreaterThan(0);
    expect(new Set(verdicts)).toEqual(new Set(['met']));
  });

  it('what was aired already counts, and only the rest is planned', () => {
    const rule = weekly();
    const plan = week({ rules: [rule], aired: aired(rule, MONDAY, '2025-01-14') }, '2025-01-15', 5);
    expect(sessionsPerDay(plan)).toEqual({ '2025-01-19': 1 });
  });

  it('what was missed is caught up as soon as a day may hold it', () => {
    const plan = week({ rules: [weekly()] }, '2025-01-18', 2);
    expect(sessionsPerDay(plan)).toEqual({ '2025-01-18': 1, '2025-01-19': 1 });
  });

  it('more a day than count there are never planned', () => {
    const rule = weekly({ minOccurrences: 10 });
    expect(Object.values(sessionsPerDay(week({ rules: [rule] }, '2025-01-17', 3)))).toEqual([
      2, 2, 2,
    ]);
  });

  it('lies on its weekdays only', () => {
    const plan = week({ rules: [weekly({ weekdays: [1, 6] })] });
    expect(sessionsPerDay(plan)).toEqual({ '2025-01-13': 1, '2025-01-18': 2 });
  });

  it('keeps its spacing across midnight', () => {
    const rule = weekly({
      minOccurrences: 2,
      weekdays: [2, 3],
      minMinutes: 10,
      minSpacingMin: 120,
      dayparts: [{ from: '23:00', to: '01:00' }],
    });
    const quietHours = [{ from: '00:00', to: '00:20' }];
    const late = {
      day: '2025-01-14',
      occurrences: [{ rule: rule.id, startMs: at('23:30', '2025-01-14') }],
    };
    const plan = week({ rules: [rule], quietHours, aired: [late] }, '2025-01-15', 1);
    expect(plan.playlists.flatMap(({ sessions }) => startsOf(sessions))).toEqual(['23:00']);
  });

  it('takes the days that a daily rule needs anyway, where a cap counts days', () => {
    const daily = ruleOf({ id: idOf(12), weekdays: [2, 4], minOccurrences: 1 });
    const rules = [weekly(), daily];
    const caps = [capOf({ maxDaysPerWeek: 3 })];
    const plan = week({ rules, caps });
    expect(plan.refusals).toEqual([]);
    expect(Object.keys(sessionsPerDay(plan))).toHaveLength(3);
    expect(capFindings(caps, plan.playlists)).toEqual([]);
  });

  it('of ten a week and five days, each day holds two', () => {
    const caps = [capOf({ maxDaysPerWeek: 5 })];
    const rules = [weekly({ minOccurrences: 10 })];
    const plan = week({ rules, caps });
    expect(Object.values(sessionsPerDay(plan))).toEqual([2, 2, 2, 2, 2]);
    expect(verdictsOf(rules, plan.playlists)).toEqual(['met']);
  });
});

describe('weeks and blocks of days, aired exactly', () => {
  const rule = fc
    .record({
      per: fc.constantFrom('week' as const, 'everyDays' as const),
      everyDays: fc.constantFrom(2, 3, 5),
      minOccurrences: fc.integer({ min: 1, max: 9 }),
      minMinutes: fc.constantFrom(null, 5, 20),
      weekdays: fc.constantFrom<number[]>([], [1, 3, 5], [2, 4, 6, 7], [6]),
      minSpacingMin: fc.constantFrom(0, 60),
    })
    .map((changes) =>
      ruleOf({ ...changes, from: MONDAY, dayparts: [{ from: '05:00', to: '21:00' }] }),
    );
  const cap = fc.constantFrom(null, 3, 5).map((days) => capOf({ maxDaysPerWeek: days }));

  it('are judged met and break no cap, whatever was planned', () => {
    let planned = 0;
    fc.assert(
      fc.property(fc.array(rule, { minLength: 1, maxLength: 2 }), cap, (given, one) => {
        const rules = given.map((each, index) => ({ ...each, id: idOf(10 + index) }));
        const plan = week({ rules, caps: [one] });
        if (plan.refusals.length > 0) return;
        planned += 1;
        expect(capFindings([one], plan.playlists)).toEqual([]);
        for (const verdict of verdictsOf(rules, plan.playlists))
          expect(verdict).toMatch(/met|notDue/);
      }),
      { numRuns: 60 },
    );
    expect(planned).toBeGreaterThan(20);
  });
});

describe('a rule that holds only where the ward is silent', () => {
  const ward = idOf(30);
  const rule = ruleOf({ unlessAired: ward, minOccurrences: 1 });
  const exempting = [{ rule: ward, day: '2025-01-14' }];

  it('is planned on the days on which nothing above is planned or aired', () => {
    const plan = week({ rules: [rule], exempting }, MONDAY, 3);
    expect(sessionsPerDay(plan)).toEqual({ '2025-01-13': 1, '2025-01-15': 1 });
  });

  it('is planned for what is left of the day once the ward is known to have failed', () => {
    const plan = week({ rules: [rule], nowMs: at('12:00') }, '2025-01-14', 1);
    expect(plan.playlists.flatMap(({ sessions }) => startsOf(sessions))).toEqual(['17:00']);
  });

  it('another rule above frees nobody', () => {
    const plan = week({ rules: [rule], exempting: [{ rule: idOf(31), day: MONDAY }] }, MONDAY, 1);
    expect(sessionsPerDay(plan)).toEqual({ [MONDAY]: 1 });
  });
});
