import { describe, expect, it } from 'vitest';
import type { AirtimeRule } from '#schemas/airtime.ts';
import { playlistSchema } from '#schemas/playlist.ts';
import {
  defaultSiteSettings,
  MAX_STAGGER_S,
  type SiteSettings,
  siteSettingsSchema,
} from '#schemas/site-settings.ts';
import { draftSiteSettings } from '#server/services/draft-site-settings.ts';
import { planDays } from '#server/services/plan-days.ts';
import { publishLimits, readLimits } from '#server/services/publish-limits.ts';
import { setSiteSettings } from '#server/services/set-site-settings.ts';
import { readSiteSettings, staggerOf } from '#server/services/site-settings.ts';
import { openPlannedSite } from '#tests/support/planned-site.ts';
import { mustCommit } from '#tests/support/site-in-store.ts';

const actor = { kind: 'user', id: 'minh' } as const;
const HOUR = { from: '05:00', to: '06:00' };
const TOMORROW = '2026-03-11';
const at = (time: string) => Date.parse(`${TOMORROW}T${time}+07:00`);

const settingsWith = (changed: Partial<SiteSettings>, confirmed: string[] = []) => ({
  ...defaultSiteSettings,
  ...changed,
  confirmed,
});

const open = async (rule: Partial<AirtimeRule> = {}) => {
  const site = await openPlannedSite({
    minOccurrences: 1,
    dayparts: [{ from: '05:30', to: '06:30' }],
    ...rule,
  });
  const { speaker } = await site.site.enrol();
  const requested: string[] = [];
  const replan = { request: (reason: string) => void requested.push(reason) };
  const ports = { ...site.ports, replan };
  const set = async (changed: Partial<SiteSettings>) => {
    const done = await setSiteSettings(ports, actor, settingsWith(changed));
    if (!done.ok) throw new Error(done.problem.code);
  };
  const sessionsOf = async (id: string) => {
    await planDays(ports);
    const hash = (await site.store.pointerOf(id))?.days[TOMORROW];
    const stored = await site.store.playlistBySha256(hash ?? '');
    return playlistSchema.parse(JSON.parse(stored?.text ?? '')).sessions;
  };
  const limits = async () => {
    await publishLimits(ports);
    const stored = await site.store.limitsOf(speaker.id);
    return stored === undefined ? undefined : readLimits(stored);
  };
  return { ...site, ports, speaker, requested, set, sessionsOf, limits };
};

describe('the site’s settings', () => {
  it('are safe defaults until somebody sets them', async () => {
    const { store } = await open();
    expect(await readSiteSettings(store)).toEqual(defaultSiteSettings);
  });

  it('set twice at the same time are set once: nothing is loosened behind whoever checked it', async () => {
    const { ports } = await open();
    const tighter = settingsWith({ quietHours: [{ from: '20:00', to: '06:00' }] });
    const answers = await Promise.all([
      setSiteSettings(ports, actor, tighter),
      setSiteSettings(ports, actor, settingsWith({})),
    ]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.find(({ ok }) => !ok)).toMatchObject({ problem: { code: 'changedMeanwhile' } });
  });

  it('have plans made anew, and stand in the audit with what held before', async () => {
    const { set, store, requested, clock } = await open();
    await set({ marginS: 10 });
    await clock.advance(1000);
    await set({ marginS: 20 });
    expect(requested).toEqual(['siteSettingsSet', 'siteSettingsSet']);
    expect((await store.audit(1))[0]).toMatchObject({
      action: 'setSiteSettings',
      actor,
      facts: { before: { marginS: 10 }, after: { marginS: 20 } },
    });
  });

  it('keep plans out of the site’s quiet hours, and speakers too', async () => {
    const { set, sessionsOf, speaker, limits } = await open();
    await set({ quietHours: [{ from: '04:30', to: '05:45' }] });
    expect((await sessionsOf(speaker.id))[0]?.startMs).toBe(at('05:45'));
    expect((await limits())?.quietHours).toEqual([{ from: '21:00', to: '05:45' }]);
  });

  it('say how late, how loud and where a session of a rule without dayparts is planned', async () => {
    const { set, sessionsOf, speaker } = await open({ dayparts: [] });
    await set({ latestStartMin: 20, volume: 40, dayparts: [{ from: '17:00', to: '18:00' }] });
    expect(await sessionsOf(speaker.id)).toMatchObject([
      { startMs: at('17:00'), latestStartMin: 20, volume: 40 },
    ]);
  });

  it('say for a daypart how loud its sessions are, and what becomes of late ones', async () => {
    const { set, sessionsOf, speaker } = await open();
    const late = { do: 'restart', withinMin: 15 } as const;
    const manners = [{ from: '05:00', to: '07:00', volume: 55, late }];
    await set({ volume: 80, late: { do: 'skip' }, manners });
    expect(await sessionsOf(speaker.id)).toMatchObject([{ volume: 55, late }]);
    await set({ volume: 80, late: { do: 'skip' } });
    expect(await sessionsOf(speaker.id)).toMatchObject([{ volume: 80, late: { do: 'skip' } }]);
  });

  it('need not name what was unknown when they were last set', () => {
    const { late: _, manners: __, loudnessLufs: ___, ...older } = defaultSiteSettings;
    expect(siteSettingsSchema.parse(older)).toEqual(defaultSiteSettings);
  });

  it('fill sessions by the margin', async () => {
    const { set, sessionsOf, speaker } = await open();
    await set({ marginS: 60 });
    const [session] = await sessionsOf(speaker.id);
    expect(session?.slots).toHaveLength(6);
  });

  it('begin neighbours one after the other, against echo', async () => {
    const { set, sessionsOf, speaker, site } = await open();
    const second = await site.enrol();
    await set({ staggerS: 20 });
    const [first] = await sessionsOf(speaker.id);
    const [next] = await sessionsOf(second.speaker.id);
    expect((next?.startMs ?? 0) - (first?.startMs ?? 0)).toBe(20_000);
  });

  it('say which rules keep neighbours from beginning apart, and save nothing unconfirmed', async () => {
    const { ports, site, airtime, set } = await open({ startToleranceS: 30 });
    const second = await site.enrol();
    await set({ staggerS: 30 });
    const { findings } = await draftSiteSettings(ports, settingsWith({ staggerS: 31 }));
    expect(findings).toMatchObject([
      {
        problem: {
          code: 'staggerUnpunctual',
          rule: airtime.rule.id,
          staggerS: 31,
          toleranceS: 30,
        },
        units: [{ speakers: [{ id: second.speaker.id }] }],
      },
    ]);
    expect(await setSiteSettings(ports, actor, settingsWith({ staggerS: 31 }))).toMatchObject({
      problem: { code: 'notConfirmed', codes: ['staggerUnpunctual'] },
    });
    const confirmed = settingsWith({ staggerS: 31 }, ['staggerUnpunctual']);
    expect(await setSiteSettings(ports, actor, confirmed)).toMatchObject({ ok: true });
  });

  it('show the rules that they make impossible before they are saved, and save nothing unconfirmed', async () => {
    const { ports, store, requested, airtime } = await open();
    const quietHours = [{ from: '05:00', to: '06:29' }];
    const [conflict, ...others] = (await draftSiteSettings(ports, settingsWith({ quietHours })))
      .findings;
    expect(others).toEqual([]);
    expect(conflict?.code).toBe('daypartTooShort');
    expect(conflict?.problem).toMatchObject({ rule: airtime.rule.id });
    expect(conflict?.repairs?.vi).toContain('giờ yên tĩnh');
    expect(conflict?.units.map(({ name }) => name)).toContain('Thôn Đoài');
    expect(await setSiteSettings(ports, actor, settingsWith({ quietHours }))).toMatchObject({
      problem: { code: 'notConfirmed', codes: ['daypartTooShort'] },
    });
    expect(await readSiteSettings(store)).toEqual(defaultSiteSettings);
    expect(requested).toEqual([]);
    const confirmed = settingsWith({ quietHours }, ['daypartTooShort']);
    expect(await setSiteSettings(ports, actor, confirmed)).toMatchObject({ ok: true });
    expect((await store.audit(1))[0]?.facts).toMatchObject({
      confirmed: [{ code: 'daypartTooShort' }],
    });
    expect((await draftSiteSettings(ports, confirmed)).findings).toEqual([]);
  });

  it('keep their quiet hours where nobody who approves shortens them', async () => {
    const { ports, set, store } = await open();
    await set({ quietHours: [{ from: '12:00', to: '13:00' }] });
    const shorter = settingsWith({ quietHours: [{ from: '12:30', to: '13:00' }] });
    expect(await setSiteSettings(ports, actor, shorter)).toMatchObject({
      problem: { code: 'notAllowed', needs: 'approver' },
    });
    await mustCommit(store, [
      {
        do: 'insert',
        what: 'user',
        value: {
          ...{ id: actor.id, username: 'minh', name: 'Minh', roles: ['administrator', 'approver'] },
          ...{ unit: null, passwordHash: 'hash', passwordChangeRequired: false, createdMs: 0 },
        },
      },
    ]);
    expect(await setSiteSettings(ports, actor, shorter)).toMatchObject({ ok: true });
  });

  it.each([
    { why: 'silence as a volume', changed: { volume: 0 } },
    { why: 'a margin below zero', changed: { marginS: -1 } },
    { why: 'a stagger that makes a session late', changed: { staggerS: MAX_STAGGER_S + 1 } },
    { why: 'a loudness that no loudspeaker bears', changed: { loudnessLufs: -9 } },
    { why: 'a loudness that nobody hears', changed: { loudnessLufs: -40 } },
    { why: 'hours that no clock shows', changed: { quietHours: [{ from: '25:00', to: '05:00' }] } },
    { why: 'a silent daypart', changed: { manners: [{ ...HOUR, volume: 0, late: null }] } },
    { why: 'a restart without an end', changed: { late: { do: 'restart' } } },
  ])('are refused with $why', ({ changed }) => {
    const parsed = siteSettingsSchema.safeParse({ ...defaultSiteSettings, ...changed });
    expect(parsed.success).toBe(false);
  });
});

it('many neighbours begin in turns, none later than the most that is allowed', () => {
  const speakers = Array.from({ length: 6 }, (_, index) => ({
    id: `${index}`,
    unit: index === 5 ? 'other' : 'village',
    state: 'enrolled' as const,
  }));
  expect([...staggerOf(speakers, { staggerS: 20 }).values()]).toEqual([0, 20, 40, 60, 0, 0]);
});
