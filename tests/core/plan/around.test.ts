import { describe, expect, it } from 'vitest';
import { handList } from '#core/plan/hand-list.ts';
import { planKey } from '#core/plan/normalise-input.ts';
import { planAroundProblems } from '#core/plan/plan-around-problems.ts';
import { rotationAfter } from '#core/plan/rotation.ts';
import { createDayTable } from '#runtime/day-table.ts';
import { playlistSchema } from '#schemas/playlist.ts';
import {
  at,
  bulletinOf,
  capOf,
  clipOf,
  inputOf,
  OTHER_CAMPAIGN,
  otherBulletins,
  otherRule,
  ruleOf,
  someBulletins,
  startsOf,
  ZONE,
} from './plan-inputs.ts';
import { planOf } from './planned.ts';

describe('a day on which not every rule can be planned', () => {
  it('a campaign without content does not silence the others, and is named', () => {
    const plan = planAroundProblems(inputOf({ rules: [otherRule, ruleOf()] }));
    expect(startsOf(plan.playlist.sessions)).toEqual(['05:30', '17:00']);
    expect(plan.problems).toEqual([{ code: 'campaignWithoutBulletins', campaign: OTHER_CAMPAIGN }]);
  });

  it('each rule that stands in the way is named once', () => {
    const rules = [ruleOf({ minOccurrences: 9 }), { ...otherRule, to: '2024-01-01' }];
    const plan = planAroundProblems(inputOf({ rules, bulletins: otherBulletins }));
    expect(plan.playlist.sessions).toEqual([]);
    expect(plan.problems.map(({ code }) => code)).toEqual([
      'ruleEndsBeforeStart',
      'campaignWithoutBulletins',
    ]);
  });
});

describe('rules that clash without one being to blame', () => {
  it('leave the older ones planned', () => {
    const rules = [ruleOf(), { ...otherRule, minOccurrences: 4 }];
    const bulletins = [...someBulletins, ...otherBulletins];
    const caps = [capOf({ maxDayMinutes: 70 })];
    const plan = planAroundProblems(inputOf({ rules, bulletins, caps }));
    expect(startsOf(plan.playlist.sessions)).toEqual(['05:30', '17:00']);
    expect(plan.problems).toMatchObject([{ code: 'noPlan', needed: 4 }]);
  });
});

describe('computations are shared', () => {
  it('speakers with the same rules have one key, in whatever order they come', () => {
    const turned = inputOf({ bulletins: someBulletins.toReversed() });
    expect(planKey(turned)).toBe(planKey(inputOf()));
  });

  it('on an earlier day neither the instant nor a longer day table makes a difference', () => {
    const later = inputOf({ nowMs: at('20:00', '2025-01-13') });
    const longer = inputOf({ table: createDayTable(ZONE, '2025-01-10', 30) });
    expect(planKey(later)).toBe(planKey(inputOf()));
    expect(planKey(longer)).toBe(planKey(inputOf()));
  });

  it('another length of a bulletin is another computation', () => {
    const bulletins = [bulletinOf(0, 181_235), ...someBulletins.slice(1)];
    expect(planKey(inputOf({ bulletins }))).not.toBe(planKey(inputOf()));
  });
});

describe('rotation goes on from day to day', () => {
  it('what was not played today is played before anything else tomorrow', () => {
    const bulletins = [...someBulletins, ...[1, 2, 3, 4].map((n) => bulletinOf(30 + n, 200_000))];
    const today = planOf({ bulletins }).playlist;
    const heard = new Set(today.sessions.flatMap(({ slots }) => slots.map((s) => s.bulletin)));
    const played = rotationAfter([], today);
    const day = '2025-01-15';
    const table = createDayTable(ZONE, day, 2);
    const tomorrow = planOf({ bulletins, played, day, table }).playlist;
    const waiting = bulletins.filter(({ id }) => !heard.has(id)).map(({ id }) => id);
    const first = tomorrow.sessions[0]?.slots.slice(0, waiting.length).map((s) => s.bulletin);
    expect(new Set(first)).toEqual(new Set(waiting));
  });
});

describe('a list to be played by hand', () => {
  const ident = {
    role: 'ident' as const,
    bulletin: null,
    clip: clipOf(9, 4000),
    validFromMs: 0,
    expiresMs: at('00:00', '2026-01-01'),
  };

  it('keeps the given order without a gap, and names neither day nor start', () => {
    const items = [ident, ...someBulletins.slice(0, 2)];
    const wanted = { site: 'hoang-phong', items, drill: true, latestStartMin: 30, volume: null };
    const list = handList(wanted);
    expect(playlistSchema.parse(list)).toEqual(list);
    expect(list.day).toBeNull();
    expect(list.sessions).toMatchObject([
      {
        id: null,
        startMs: null,
        drill: true,
        slots: [
          { offsetMs: 0, role: 'ident', campaigns: [] },
          { offsetMs: 4000, bulletin: someBulletins[0]?.id },
          { offsetMs: 4000 + 181_234, bulletin: someBulletins[1]?.id },
        ],
      },
    ]);
  });
});
