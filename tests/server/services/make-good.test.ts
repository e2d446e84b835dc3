import { describe, expect, it } from 'vitest';
import { openEnvelope } from '#core/envelope.ts';
import { byteCodec, verifyEd25519 } from '#runtime/signing.ts';
import { envelopeSchema } from '#schemas/envelope.ts';
import { MAX_POLICY_CAPS, permitSchema } from '#schemas/make-good.ts';
import { plannedSessionId } from '#schemas/session.ts';
import { defaultSiteSettings } from '#schemas/site-settings.ts';
import { permitMakeGood } from '#server/services/permit-make-good.ts';
import { planDays } from '#server/services/plan-days.ts';
import { plannedSessions } from '#server/services/planned-sessions.ts';
import { publishLimits, readLimits } from '#server/services/publish-limits.ts';
import { setMakeGoodPolicy } from '#server/services/set-make-good-policy.ts';
import { siteSettingsToWork } from '#server/services/site-settings.ts';
import { NOON_MS, openPlannedSite } from '#tests/support/planned-site.ts';
import { mustCommit, newId } from '#tests/support/site-in-store.ts';

const TODAY = '2026-03-10';
const DAY_END = Date.parse('2026-03-11T00:00:00+07:00');
const actor = { kind: 'user', id: 'minh' } as const;

const open = async () => {
  const site = await openPlannedSite();
  const { speaker } = await site.site.enrol();
  const requested: string[] = [];
  const replan = { request: (reason: string) => void requested.push(reason) };
  const ports = { ...site.ports, replan };
  const policy = async () => {
    await publishLimits(ports);
    const stored = await site.store.limitsOf(speaker.id);
    return stored === undefined ? undefined : readLimits(stored).makeGood;
  };
  const sent = async () => {
    const messages = await site.store.outbox(50);
    return messages.filter(({ topic }) => topic.endsWith('/permit'));
  };
  return { ...site, ports, speaker, requested, policy, sent };
};

describe('the make-good policy', () => {
  it('is signed to each speaker with the rules it owes and the caps that bind it', async () => {
    const { policy, airtime } = await open();
    expect(await policy()).toMatchObject({
      mode: 'byItself',
      rules: [{ id: airtime.rule.id }],
      caps: [{ id: airtime.cap.id }],
    });
  });

  it('is the nearest unit’s that has one, else the site’s', async () => {
    const { ports, site, policy, requested } = await open();
    const set = (unit: string | null, mode: 'permit' | 'off' | null) =>
      setMakeGoodPolicy(ports, actor, { unit, mode });
    await set(null, 'off');
    expect(await policy()).toMatchObject({ mode: 'off' });
    await set(site.commune.id, 'permit');
    expect(await policy()).toMatchObject({ mode: 'permit' });
    await set(site.commune.id, null);
    await set(null, null);
    expect(await policy()).toMatchObject({ mode: 'byItself' });
    expect(requested).toHaveLength(4);
    expect(await set(newId(), 'off')).toMatchObject({ problem: { code: 'unknownUnit' } });
  });

  it('names the dayparts of the site once it has any', async () => {
    const { store, policy } = await open();
    expect(await policy()).not.toHaveProperty('dayparts');
    const dayparts = [{ from: '05:00', to: '06:30' }];
    await mustCommit(store, siteSettingsToWork({ ...defaultSiteSettings, dayparts }, null).changes);
    expect(await policy()).toMatchObject({ dayparts });
  });

  it('says how loud dayparts are once any is louder or quieter than the site', async () => {
    const { store, policy } = await open();
    expect(await policy()).not.toHaveProperty('volumes');
    const evening = { from: '18:00', to: '20:00', late: null };
    const manners = [
      { ...evening, volume: 40 },
      { from: '05:00', to: '06:00', late: null, volume: null },
    ];
    const settings = { ...defaultSiteSettings, volume: 70, manners };
    await mustCommit(store, siteSettingsToWork(settings, null).changes);
    expect(await policy()).toMatchObject({
      volumes: { usual: 70, dayparts: [{ from: '18:00', to: '20:00', volume: 40 }] },
    });
  });

  it('keeps a daypart without a volume of its own before a louder one that it overlaps', async () => {
    const { store, policy } = await open();
    const manners = [
      { from: '05:00', to: '07:00', late: null, volume: null },
      { from: '05:00', to: '12:00', late: null, volume: 90 },
    ];
    const settings = { ...defaultSiteSettings, volume: 60, manners };
    await mustCommit(store, siteSettingsToWork(settings, null).changes);
    expect(await policy()).toMatchObject({
      volumes: {
        usual: 60,
        dayparts: [
          { from: '05:00', to: '07:00', volume: null },
          { from: '05:00', to: '12:00', volume: 90 },
        ],
      },
    });
  });

  it('lets nothing be repaid where not all caps could be told', async () => {
    const { store, airtime, policy } = await open();
    const caps = Array.from({ length: MAX_POLICY_CAPS }, () => ({ ...airtime.cap, id: newId() }));
    await mustCommit(
      store,
      caps.map((value) => ({ do: 'insert', what: 'cap', value: { ...value, version: 1 } })),
    );
    expect(await policy()).toMatchObject({ mode: 'off', caps: [] });
  });
});

describe('a permit', () => {
  it('is for one speaker and one day, signed, and expires with the day', async () => {
    const { ports, store, signer, speaker, sent } = await open();
    await planDays(ports);
    const [session = ''] = await plannedSessions(store, speaker.id, [TODAY]);
    expect(await permitMakeGood(ports, actor, { speaker: speaker.id, session })).toMatchObject({
      value: { revision: NOON_MS / 1_000, day: TODAY, sessions: [session], expiresMs: DAY_END },
    });
    const [message] = await sent();
    const { keyId, publicKey } = signer;
    const opened = openEnvelope({
      envelope: envelopeSchema.parse(JSON.parse(message?.payload ?? '')),
      purpose: 'permit',
      keys: [{ keyId, publicKey, purposes: ['permit'] }],
      codec: byteCodec,
      verify: verifyEd25519,
    });
    if (!opened.ok) throw new Error(opened.problem.code);
    const permit = permitSchema.parse(JSON.parse(Buffer.from(opened.value).toString()));
    expect(permit).toMatchObject({ speaker: speaker.id, sessions: [session] });
    expect(message?.retain).toBe(true);
    expect(await store.audit(10)).toMatchObject([
      { action: 'permitMakeGood', actor, subject: speaker.id },
    ]);
  });

  it('changes nothing when it is given again, and names what was permitted before', async () => {
    const { ports, store, speaker, sent, clock } = await open();
    await clock.advance(18 * 3_600_000);
    await planDays(ports);
    const [first = '', second = ''] = await plannedSessions(store, speaker.id, ['2026-03-11']);
    const give = (session: string) =>
      permitMakeGood(ports, actor, { speaker: speaker.id, session });
    const given = await give(first);
    expect(given).toMatchObject({ ok: true });
    expect(await give(first)).toEqual(given);
    expect(await sent()).toHaveLength(1);
    expect(await give(second)).toMatchObject({ value: { sessions: [first, second] } });
  });

  it('given twice at the same time is given once, the other is told', async () => {
    const { ports, store, speaker, sent, clock } = await open();
    await clock.advance(18 * 3_600_000);
    await planDays(ports);
    const sessions = await plannedSessions(store, speaker.id, ['2026-03-11']);
    const both = await Promise.all(
      sessions.map((session) => permitMakeGood(ports, actor, { speaker: speaker.id, session })),
    );
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(both.find(({ ok }) => !ok)).toMatchObject({ problem: { code: 'changedMeanwhile' } });
    expect(await sent()).toHaveLength(1);
  });

  it('is refused for a session that today’s plan does not hold, and for an unknown speaker', async () => {
    const { ports, speaker } = await open();
    await planDays(ports);
    const session = plannedSessionId(DAY_END);
    expect(await permitMakeGood(ports, actor, { speaker: speaker.id, session })).toMatchObject({
      problem: { code: 'notFound', what: 'session', id: session },
    });
    expect(await permitMakeGood(ports, actor, { speaker: newId(), session })).toMatchObject({
      problem: { code: 'unknownSpeaker' },
    });
  });
});
