import { describe, expect, it } from 'vitest';
import type { Directive } from '#schemas/entities/site.ts';
import { setCapRequestSchema, setRuleRequestSchema } from '#schemas/requests/airtime.ts';
import { draftCap } from '#server/services/draft-cap.ts';
import { draftRule } from '#server/services/draft-rule.ts';
import { setCap } from '#server/services/set-cap.ts';
import { setRule } from '#server/services/set-rule.ts';
import { openPlannedSite } from '#tests/support/planned-site.ts';
import { mustCommit, newId } from '#tests/support/site-in-store.ts';

const actor = { kind: 'user', id: 'mai' } as const;
/** Of the plan of Hoằng Phong: two times a day, half an hour each. Source: AIRTIME.md, 1. */
const hoangPhong = { minOccurrences: 2, minMinutes: 30, from: '2026-03-11', to: '2026-05-31' };

const open = async () => {
  const opened = await openPlannedSite();
  const { site, airtime, ports, store } = opened;
  const { speaker } = await site.enrol();
  for (let index = 0; index < 6; index += 1) await airtime.addBulletin({}, 600_000);
  const ruleRequest = (changed: object = {}) =>
    setRuleRequestSchema.parse({
      campaign: airtime.campaign.id,
      unit: site.commune.id,
      scope: 'subtree',
      ...hoangPhong,
      ...changed,
    });
  const capRequest = (changed: object = {}) =>
    setCapRequestSchema.parse({ unit: site.commune.id, from: '2026-03-11', ...changed });
  const findingsOf = async (
    drafted: Promise<Awaited<ReturnType<typeof draftRule | typeof draftCap>>>,
  ) => {
    const done = await drafted;
    if (!done.ok) throw new Error(done.problem.code);
    return done.value.findings;
  };
  return {
    ...opened,
    speaker,
    ruleRequest,
    capRequest,
    checkRule: (changed?: object) => findingsOf(draftRule(ports, ruleRequest(changed))),
    checkCap: (changed?: object) => findingsOf(draftCap(ports, capRequest(changed))),
    rulesInStore: async () => (await store.rules()).length,
  };
};

describe('a rule is shown its conflicts before it is saved', () => {
  it('a rule that plans can hold has none', async () => {
    const { checkRule } = await open();
    expect(await checkRule()).toEqual([]);
  });

  it('half an hour a session against a cap of fifteen minutes, for each unit and speaker', async () => {
    const { checkRule, checkCap, ports, ruleRequest, capRequest, site, speaker } = await open();
    await setRule(ports, actor, ruleRequest());
    const [conflict] = await checkCap({ maxSessionMinutes: 15 });
    expect(conflict).toMatchObject({
      code: 'minimumAboveCap',
      problem: { needed: 30, allowed: 15 },
      days: { first: '2026-03-11', last: '2026-03-24' },
    });
    expect(conflict?.units.map(({ name }) => name)).toEqual(['Xã Mẫu', 'Thôn Đoài']);
    expect(conflict?.units[1]?.speakers).toEqual([{ id: speaker.id, name: speaker.name }]);
    expect(conflict?.sentences.vi).toContain('“Đợt cao điểm” (Xã Mẫu)');
    expect(conflict?.sentences.vi).not.toContain(site.commune.id);
    expect(conflict?.explanation?.clash).toContainEqual(
      expect.objectContaining({ kind: 'cap', limit: 'maxSessionMinutes', allowed: 15 }),
    );
    expect(conflict?.explanation?.repairs.length).toBeGreaterThan(0);
    expect(conflict?.repairs?.vi).toContain('nâng mức trần Xã Mẫu từ 15 lên');
    expect(conflict?.repairs?.en).not.toContain(site.commune.id);
    await setCap(ports, actor, {
      ...capRequest({ maxSessionMinutes: 15 }),
      confirmed: ['minimumAboveCap'],
    });
    expect((await checkRule()).map(({ code }) => code)).toContain('minimumAboveCap');
  });

  it('a cap that comes into force months later is found too', async () => {
    const { checkRule, ports, capRequest } = await open();
    await setCap(ports, actor, capRequest({ from: '2026-05-01', maxSessionMinutes: 15 }));
    expect(await checkRule()).toMatchObject([
      { code: 'minimumAboveCap', days: { first: '2026-05-01', last: '2026-05-07' } },
    ]);
  });

  it('a campaign without released content', async () => {
    const { checkRule, airtime, store } = await open();
    const campaign = { ...airtime.campaign, id: newId(), name: 'Đợt mới' };
    await mustCommit(store, [{ do: 'insert', what: 'campaign', value: campaign }]);
    const [only] = await checkRule({ campaign: campaign.id });
    expect(only).toMatchObject({ code: 'campaignWithoutBulletins' });
    expect(only?.sentences.vi).toContain('Đợt mới');
  });

  it('what stood in the way before, and has nothing to do with it, is not told again', async () => {
    const { ports, checkCap, ruleRequest, capRequest } = await open();
    const confirmed = ['minimumAboveCap'];
    await setRule(ports, actor, ruleRequest());
    await setCap(ports, actor, { ...capRequest({ maxSessionMinutes: 15 }), confirmed });
    expect(await checkCap({ quietHours: [{ from: '22:00', to: '23:00' }] })).toEqual([]);
  });
});

describe('what is odd about a rule is told to who enters it', () => {
  const letter: Directive = {
    id: newId(),
    number: '01/KH-UBND',
    issuer: 'UBND xã',
    day: '2026-03-20',
    abstract: 'Cao điểm',
  };

  it.each([
    {
      why: 'it starts before its directive',
      changed: { directive: letter.id },
      code: 'ruleStartsBeforeDirective',
    },
    { why: 'it starts in the past', changed: { from: '2026-03-01' }, code: 'ruleStartsInPast' },
    { why: 'it is over', changed: { from: '2026-02-01', to: '2026-03-01' }, code: 'ruleIsOver' },
    { why: 'it leaves its campaign', changed: { to: '2027-03-01' }, code: 'ruleOutsideCampaign' },
    { why: 'nobody owes it', changed: { scope: 'own' }, code: 'ruleBindsNobody' },
  ])('$why', async ({ changed, code }) => {
    const { ports, store, checkRule, ruleRequest, rulesInStore } = await open();
    await mustCommit(store, [{ do: 'insert', what: 'directive', value: letter }]);
    const codes = (await checkRule(changed)).map((finding) => finding.code);
    expect(codes).toContain(code);
    const before = await rulesInStore();
    expect(await setRule(ports, actor, ruleRequest(changed))).toMatchObject({
      problem: { code: 'notConfirmed' },
    });
    expect(await rulesInStore()).toBe(before);
    const saved = await setRule(ports, actor, ruleRequest({ ...changed, confirmed: codes }));
    expect(saved.ok).toBe(true);
    expect((await store.audit(1))[0]).toMatchObject({ action: 'setRule', actor });
  });
});

describe('versions', () => {
  it('a rule that would exempt one back only until a later version of that holds is refused', async () => {
    const { ports, ruleRequest } = await open();
    const enter = async (changed: object) => {
      const done = await setRule(ports, actor, ruleRequest({ scope: 'own', ...changed }));
      return done.ok ? done.value.id : done.problem;
    };
    const confirmed = ['ruleBindsNobody'];
    const ward = await enter({ confirmed });
    const group = await enter({ confirmed, unlessAired: ward });
    await enter({ confirmed, id: group, versionFrom: '2026-05-01' });
    const back = { confirmed, id: ward, unlessAired: group };
    expect(await enter(back)).toEqual({ code: 'ruleCycle', rule: ward });
    expect(await enter({ ...back, versionFrom: '2026-05-01' })).toBe(ward);
  });

  it('a cap that is changed holds in its old form until tonight', async () => {
    const { ports, store, airtime, capRequest } = await open();
    const changed = capRequest({
      id: airtime.cap.id,
      quietHours: airtime.cap.quietHours,
      from: '2026-01-01',
      maxSessionsPerDay: 3,
    });
    expect(await setCap(ports, actor, changed)).toMatchObject({ value: { version: 2 } });
    expect(await store.caps()).toMatchObject([
      {
        id: airtime.cap.id,
        version: 1,
        from: '2026-01-01',
        to: '2026-03-10',
        maxSessionsPerDay: null,
      },
      { id: airtime.cap.id, version: 2, from: '2026-03-11', to: null, maxSessionsPerDay: 3 },
    ]);
  });

  it('a version that never came into force stays in the history and binds no day', async () => {
    const { ports, store, airtime, capRequest } = await open();
    const { id, quietHours } = airtime.cap;
    await setCap(ports, actor, capRequest({ id, quietHours, maxSessionsPerDay: 3 }));
    await setCap(ports, actor, capRequest({ id, quietHours, maxSessionsPerDay: 4 }));
    const [, second, third] = await store.caps();
    expect(second).toMatchObject({ version: 2, from: '2026-03-11', to: '2026-03-10' });
    expect(third).toMatchObject({ version: 3, from: '2026-03-11', to: null });
  });

  it('a rule that is changed today judges as before until tonight', async () => {
    const { ports, store, airtime, ruleRequest } = await open();
    const { id } = airtime.rule;
    const changed = ruleRequest({
      id,
      from: '2026-01-01',
      minMinutes: 10,
      versionFrom: '2026-03-01',
    });
    const set = await setRule(ports, actor, changed);
    expect(set).toMatchObject({ value: { version: 2, versionFrom: '2026-03-11' } });
    expect((await store.rules()).filter((rule) => rule.id === id)).toHaveLength(2);
  });
});
