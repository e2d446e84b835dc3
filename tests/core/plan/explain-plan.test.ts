import { describe, expect, it } from 'vitest';
import { applyChange } from '#core/plan/apply-change.ts';
import { askUpTo, decide } from '#core/plan/decide.ts';
import { explainPlan } from '#core/plan/explain-plan.ts';
import type { PlanInput } from '#core/plan/plan-input.ts';
import { explanationToSentence } from '#schemas/messages/plan-sentence.ts';
import { type PlanExplanation, planExplanationSchema } from '#schemas/plan-explanation.ts';
import { brokenClaims, checkExplanations } from './explained.ts';
import {
  at,
  bulletinOf,
  CAMPAIGN,
  capOf,
  clipOf,
  idOf,
  inputOf,
  MINUTE_MS,
  otherBulletins,
  otherRule,
  ruleOf,
  someBulletins,
} from './plan-inputs.ts';

const SEED = 20_250_114;
const DAYS = 14;

const explain = (changes: Partial<PlanInput>): PlanExplanation => {
  const explained = explainPlan(inputOf(changes));
  if (explained === undefined || explained === 'gaveUp') throw new Error(String(explained));
  return explained;
};

const evening = [{ from: '17:00', to: '17:50' }];
const tooShort = { rules: [ruleOf({ dayparts: evening })] };
const twenty = { bulletins: [bulletinOf(1, 20 * MINUTE_MS)] };
const oneInThirtyFive = ruleOf({ minOccurrences: 1, dayparts: [{ from: '05:30', to: '06:05' }] });
const hotline = {
  role: 'hotline' as const,
  bulletin: null,
  clip: clipOf(9, 10 * MINUTE_MS),
  validFromMs: 0,
  expiresMs: at('00:00', '2026-01-01'),
};

describe('a day without a plan', () => {
  it.each<{ why: string; changes: Partial<PlanInput>; clash: object[]; repair: object }>([
    {
      why: 'a daypart too short',
      changes: tooShort,
      clash: [{ kind: 'dayparts' }, { kind: 'rule', occurrences: 2, neededMs: 1_800_000 }],
      repair: {
        kind: 'setDaypart',
        before: { to: '17:50' },
        after: { from: '17:00', to: '18:01' },
      },
    },
    {
      why: 'a cap on sessions',
      changes: { caps: [capOf({ maxSessionsPerDay: 1, maxDayMinutes: 200 })] },
      clash: [{ kind: 'cap', limit: 'maxSessionsPerDay', allowed: 1 }, { kind: 'rule' }],
      repair: { kind: 'raiseCap', limit: 'maxSessionsPerDay', before: 1, after: 2 },
    },
    {
      why: 'two rules and a cap on the day',
      changes: {
        rules: [ruleOf(), { ...otherRule, minOccurrences: 4 }],
        bulletins: [...someBulletins, ...otherBulletins],
        caps: [capOf({ maxDayMinutes: 70 })],
      },
      clash: [{ kind: 'cap', allowed: 70 }, { rule: idOf(10) }, { rule: idOf(12) }],
      repair: { kind: 'lowerMinutes' },
    },
    {
      why: 'a campaign without content',
      changes: { bulletins: [] },
      clash: [{ kind: 'content', campaign: CAMPAIGN, bulletins: 0 }, { kind: 'rule' }],
      repair: { kind: 'addContent', campaign: CAMPAIGN, addMs: 1_800_000 },
    },
    {
      why: 'content that does not add up',
      changes: { ...twenty, rules: [oneInThirtyFive] },
      clash: [{ kind: 'content', totalMs: 1_200_000 }, { kind: 'dayparts' }, { kind: 'rule' }],
      repair: { kind: 'setDaypart', after: { from: '05:30', to: '06:10' } },
    },
    {
      why: 'a relay in the way',
      changes: {
        rules: [ruleOf({ minOccurrences: 1, dayparts: [{ from: '17:00', to: '17:45' }] })],
        occupied: [{ fromMs: at('17:10'), toMs: at('17:30') }],
      },
      clash: [{ kind: 'occupied', from: '17:10', to: '17:30' }, { kind: 'dayparts' }, {}],
      repair: { kind: 'setDaypart' },
    },
    {
      why: 'a fixed programme in the way',
      changes: {
        rules: [ruleOf({ minOccurrences: 1, dayparts: [{ from: '17:00', to: '17:45' }] })],
        programmes: [
          { id: idOf(40), startsAt: '17:15', durationMs: 1_200_000, weekdays: [], sound: null },
        ],
      },
      clash: [{ kind: 'programme', startsAt: '17:15' }, { kind: 'dayparts' }, { kind: 'rule' }],
      repair: { kind: 'setDaypart' },
    },
    {
      why: 'bulletins not valid yet',
      changes: {
        bulletins: someBulletins.map((each) => ({ ...each, validFromMs: at('23:00') })),
      },
      clash: [{ kind: 'validity' }, { kind: 'content' }, { kind: 'dayparts' }, { kind: 'rule' }],
      repair: { kind: 'extendValidity', campaign: CAMPAIGN },
    },
    {
      why: 'a hotline too long for the cap on a session',
      changes: { caps: [capOf({ maxSessionMinutes: 38 })], frame: [hotline] },
      clash: [{ kind: 'frame', role: 'hotline' }, { kind: 'cap', allowed: 38 }, { kind: 'rule' }],
      repair: { kind: 'leaveOut', role: 'hotline' },
    },
  ])('is explained: $why', ({ changes, clash, repair }) => {
    const explained = explain(changes);
    expect(planExplanationSchema.parse(explained)).toEqual(explained);
    expect(explained.clash).toMatchObject(clash);
    expect(explained.clash).toHaveLength(clash.length);
    expect(explained.repairs[0]?.changes).toMatchObject([repair]);
    expect(brokenClaims(inputOf(changes), explained)).toEqual([]);
  });

  it('a minute less than proposed does not do', () => {
    const [change] = explain(tooShort).repairs[0]?.changes ?? [];
    if (change?.kind !== 'setDaypart') throw new Error('not a daypart');
    const less = { ...change, after: { from: '17:00', to: '18:00' } };
    expect(decide(applyChange(inputOf(tooShort), change))).toBe('plan');
    expect(decide(applyChange(inputOf(tooShort), less))).toBe('none');
  });

  it('two changes are proposed together where one is not enough', () => {
    const caps = [capOf({ maxSessionsPerDay: 1, maxDayMinutes: 40, maxSessionMinutes: 20 })];
    const rules = [ruleOf({ minOccurrences: 3 })];
    const explained = explain({ rules, caps });
    expect(explained.repairs[0]?.changes.length).toBeGreaterThan(1);
    expect(brokenClaims(inputOf({ rules, caps }), explained)).toEqual([]);
  });

  it('of a hundred mandatory bulletins is explained, however many changes would have to be tried', {
    timeout: 60_000,
  }, () => {
    const bulletins = Array.from({ length: 96 }, (_, index) =>
      bulletinOf(index, 20 * MINUTE_MS, { priority: 'priority' }),
    );
    const explained = explain({ bulletins });
    expect(explained.clash.map(({ kind }) => kind)).toContain('mandatory');
    expect(brokenClaims(inputOf({ bulletins }), explained)).toEqual([]);
  });

  it('is tried out so often and no oftener: then nothing more is claimed', () => {
    const asking = askUpTo(2);
    expect([asking.decide(inputOf()), asking.decide(inputOf(tooShort))]).toEqual(['plan', 'none']);
    expect(asking.isSpent()).toBe(false);
    expect(asking.decide(inputOf())).toBe('gaveUp');
    expect(asking.isSpent()).toBe(true);
  });

  it('has no explanation where there is a plan', () => {
    expect(explainPlan(inputOf())).toBeUndefined();
  });

  it('has a repair proposed also where dozens of bulletins are mandatory', () => {
    const changes = {
      bulletins: Array.from({ length: 50 }, (_, index) =>
        bulletinOf(index + 1, 2 * MINUTE_MS, { priority: 'priority' }),
      ),
      caps: [capOf({ maxSessionMinutes: 45, maxDayMinutes: 60 })],
      rules: [ruleOf({ minOccurrences: 1, dayparts: [{ from: '05:30', to: '06:15' }] })],
    };
    const { repairs, repairsGaveUp } = explain(changes);
    expect(repairsGaveUp).toBe(false);
    expect(repairs[0]?.changes.map(({ kind }) => kind).sort()).toEqual([
      'raiseCap',
      'raiseCap',
      'setDaypart',
    ]);
  });

  it('is explained with the same bytes each time', () => {
    expect(JSON.stringify(explain(tooShort))).toBe(JSON.stringify(explain(tooShort)));
  });

  it('every clash is irreducible, and every repair makes a plan exist', {
    timeout: 120_000,
  }, () => {
    const { explained, repaired, broken } = checkExplanations(DAYS, SEED);
    expect(broken).toEqual([]);
    expect(explained).toBeGreaterThan(2);
    expect(repaired).toBeGreaterThan(2);
  });
});

describe('the sentences of an explanation', () => {
  const nameOf = (id: string) => (id === idOf(10) ? 'Hoằng Phong 000' : 'Tết 2025');
  const by = { nameOf, mostChanges: 3 };

  it('say in Vietnamese and in English what clashes and what helps', () => {
    const explained = explain({ ...twenty, rules: [oneInThirtyFive] });
    expect(explanationToSentence(explained, { ...by, language: 'vi' })).toBe(
      'Không thể cùng giữ: đợt Tết 2025 chỉ có 1 bản tin, tổng cộng 20 phút; khung giờ 05:30–06:05 của quy định Hoằng Phong 000; quy định Hoằng Phong 000 (1 buổi, mỗi buổi ít nhất 30 phút). Có thể mở khung giờ sáng đến 06:10, hoặc mở khung giờ sáng từ 05:25, hoặc thêm 10 phút nội dung cho đợt Tết 2025.',
    );
    expect(explanationToSentence(explained, { ...by, language: 'en' })).toBe(
      'These cannot hold together: the bulletins of campaign Tết 2025 (1, together 20 min); the dayparts 05:30–06:05 of rule Hoằng Phong 000; rule Hoằng Phong 000 (1 × at least 30 min). You can open the morning daypart until 06:10, or open the morning daypart from 05:25, or add 10 min of content to campaign Tết 2025.',
    );
  });

  it('say that the search stopped, instead of claiming that there is no other repair', () => {
    const { clash, repairs } = explain(tooShort);
    const say = (proposed: PlanExplanation['repairs'], repairsGaveUp: boolean) =>
      explanationToSentence({ clash, repairs: proposed, repairsGaveUp }, { ...by, language: 'vi' });
    expect(say([], false)).toContain('Chưa tìm được');
    expect(say([], true)).toContain('Đã dừng tìm cách khắc phục');
    expect(say(repairs, true)).toMatch(/^Không thể cùng giữ: .*Có thể .* Đã dừng tìm .*\.$/);
    expect(say(repairs, false)).not.toContain('Đã dừng tìm');
  });

  it('leave no fact unsaid', () => {
    for (const changes of [
      tooShort,
      { bulletins: [] },
      { caps: [capOf({ maxSessionsPerDay: 1 })] },
    ]) {
      for (const language of ['vi', 'en'] as const) {
        expect(explanationToSentence(explain(changes), { ...by, language })).not.toMatch(/[{}]/);
      }
    }
  });
});
