import { describe, expect, it } from 'vitest';
import { judge } from '#core/airtime/judge.ts';
import { playlistsAsAired } from '#core/airtime/playlist-as-aired.ts';
import type { DayPlan, LastPlayed } from '#core/plan/plan-input.ts';
import { provePlan } from '#core/plan/prove-plan.ts';
import { rotationAfter } from '#core/plan/rotation.ts';
import { createDayTable } from '#runtime/day-table.ts';
import type { Playlist, Session } from '#schemas/playlist.ts';
import { capOf, DAY, idOf, inputOf, ruleOf, ZONE } from './plan-inputs.ts';
import { planOf } from './planned.ts';

const changed = (change: (sessions: readonly Session[]) => readonly Session[]): DayPlan => {
  const plan = planOf();
  return { ...plan, playlist: { ...plan.playlist, sessions: [...change(plan.playlist.sessions)] } };
};
const problem = (verdict: string) => ({ code: 'planUnproven', rule: idOf(10), day: DAY, verdict });

describe('the judge checks the plan', () => {
  it.each([
    {
      why: 'a session is missing',
      plan: changed((sessions) => sessions.slice(1)),
      verdict: 'tooFew',
    },
    {
      why: 'a slot is missing',
      plan: changed(([first, ...rest]) =>
        first === undefined ? [] : [{ ...first, slots: first.slots.slice(1) }, ...rest],
      ),
      verdict: 'tooShort',
    },
    {
      why: 'a session is a drill',
      plan: changed((sessions) => sessions.map((session) => ({ ...session, drill: true }))),
      verdict: 'tooFew',
    },
  ])('a plan in which $why is not proved', ({ plan, verdict }) => {
    expect(provePlan(inputOf(), plan)).toEqual(problem(verdict));
  });

  it.each([
    { why: 'more sessions than a cap allows', caps: [capOf({ maxSessionsPerDay: 1 })] },
    { why: 'longer sessions than a cap allows', caps: [capOf({ maxSessionMinutes: 30 })] },
    { why: 'sound on a forbidden day', caps: [capOf({ forbiddenWeekdays: [2] })] },
  ])('a plan with $why is not proved', ({ caps }) => {
    expect(provePlan(inputOf({ caps }), planOf())).toMatchObject({ rule: idOf(20) });
  });

  it('a plan that sounds in quiet hours is not proved', () => {
    const quietHours = [{ from: '17:30', to: '17:40' }];
    expect(provePlan(inputOf({ quietHours }), planOf())).toMatchObject({ verdict: 'quietHours' });
  });

  it('a shortfall that the plan tells itself is not held against it', () => {
    const plan = changed((sessions) => sessions.slice(1));
    const shortfalls = [{ rule: idOf(10), day: DAY, needed: 2, placed: 1 }];
    expect(provePlan(inputOf(), { ...plan, shortfalls })).toBeUndefined();
  });
});

describe('a week planned day by day', () => {
  it.each([
    { why: 'a rule of five a week', rule: ruleOf({ per: 'week', minOccurrences: 5 }) },
    { why: 'one of ten', rule: ruleOf({ per: 'week', minOccurrences: 10 }) },
    {
      why: 'one of three on weekdays',
      rule: ruleOf({ per: 'week', minOccurrences: 3, weekdays: [1, 2, 3, 4, 5] }),
    },
  ])('is judged met as a week: $why', ({ rule: given }) => {
    const rule = { ...given, unit: idOf(1) };
    const monday = '2025-01-13';
    const table = createDayTable(ZONE, monday, 7);
    let played: readonly LastPlayed[] = [];
    const playlists: Playlist[] = table.map(({ day }) => {
      const dayTable = createDayTable(ZONE, day, 2);
      const { playlist } = planOf({ rules: [rule], day, table: dayTable, played });
      played = rotationAfter(played, playlist);
      return playlist;
    });
    const fromMs = (table[0]?.startMs ?? 0) - 1;
    const toMs = (table.at(-1)?.endMs ?? 0) + 1;
    const speaker = idOf(2);
    const log = playlistsAsAired(playlists, { speaker, fromMs, toMs });
    const judged = judge({
      rules: [rule],
      table,
      units: [{ unit: idOf(1), level: 'village', parent: null, from: '2025-01-01', to: null }],
      speakers: [{ speaker, stays: [{ unit: idOf(1), from: monday, to: null }], log, planned: [] }],
      excuses: [],
      locks: [],
      nowMs: toMs,
    });
    expect(judged.ok && judged.value.verdicts.map(({ verdict }) => verdict)).toEqual(['met']);
    const sessions = playlists.flatMap((playlist) => playlist.sessions);
    expect(sessions).toHaveLength(rule.minOccurrences);
  });
});
