import { describe, expect, it } from 'vitest';
import { openEnvelope } from '#core/envelope.ts';
import { byteCodec, sha256, verifyEd25519 } from '#runtime/signing.ts';
import { envelopeSchema } from '#schemas/envelope.ts';
import { type Playlist, playlistSchema } from '#schemas/playlist.ts';
import { pointerSchema } from '#schemas/pointer.ts';
import { parseTopic, topicOf } from '#schemas/topics.ts';
import { planDays } from '#server/services/plan-days.ts';
import { PLANNED_DAYS_AHEAD } from '#server/services/plan-facts.ts';
import { readPlannedDays } from '#server/services/plan-note.ts';
import { NOON_MS, openPlannedSite } from '#tests/support/planned-site.ts';
import { mustCommit } from '#tests/support/site-in-store.ts';

type Site = Awaited<ReturnType<typeof openPlannedSite>>;

const mustPlan = async ({ ports }: Site) => {
  const planned = await planDays(ports);
  if (!planned.ok) throw new Error(planned.problem.code);
  return planned.value;
};

const takeOutbox = async ({ store }: Site) => {
  const messages = await store.outbox(1000);
  await store.markSent(messages.map(({ id }) => id));
  return messages;
};

const playlistOf = async ({ store }: Site, speaker: string, day: string): Promise<Playlist> => {
  const pointer = await store.pointerOf(speaker);
  const stored = await store.playlistBySha256(pointer?.days[day] ?? '');
  return playlistSchema.parse(JSON.parse(stored?.text ?? ''));
};

describe('planning', () => {
  it('gives an enrolled speaker today and fourteen days, each meeting the rule, in a signed pointer', async () => {
    const site = await openPlannedSite();
    const { speaker } = await site.site.enrol();
    expect(await mustPlan(site)).toEqual({ speakers: 1, pointed: 1, short: 0 });
    const pointer = await site.store.pointerOf(speaker.id);
    expect(Object.keys(pointer?.days ?? {})).toHaveLength(PLANNED_DAYS_AHEAD + 1);
    expect(Object.keys(pointer?.days ?? {})[0]).toBe('2026-03-10');
    const tomorrow = await playlistOf(site, speaker.id, '2026-03-11');
    expect(tomorrow.sessions).toHaveLength(2);
    const { keyId, publicKey } = site.signer;
    const opened = openEnvelope({
      envelope: envelopeSchema.parse(JSON.parse(pointer?.envelope ?? '')),
      purpose: 'pointer',
      keys: [{ keyId, publicKey, purposes: ['pointer'] }],
      codec: byteCodec,
      verify: verifyEd25519,
    });
    if (!opened.ok) throw new Error(opened.problem.code);
    const payload = pointerSchema.parse(JSON.parse(Buffer.from(opened.value).toString()));
    expect(payload).toMatchObject({ speaker: speaker.id, revision: NOON_MS / 1_000, orders: [] });
  });

  it('tells what of a day that has begun cannot be had any more', async () => {
    const site = await openPlannedSite({ dayparts: [{ from: '05:30', to: '06:30' }] });
    const { speaker } = await site.site.enrol();
    await mustPlan(site);
    const [today] = await readPlannedDays(site.store, speaker.id);
    expect(today).toMatchObject({
      day: '2026-03-10',
      shortfalls: [{ rule: site.airtime.rule.id, needed: 2, placed: 0 }],
    });
  });

  it('sends each document retained under its own hash, once for all speakers that need it', async () => {
    const site = await openPlannedSite();
    await site.site.enrol();
    await site.site.enrol();
    await mustPlan(site);
    const sent = await takeOutbox(site);
    const plans = sent.filter(({ topic }) => parseTopic(topic)?.name === 'plan');
    expect(plans).toHaveLength(PLANNED_DAYS_AHEAD + 1);
    for (const { topic, payload, retain } of plans) {
      expect(topic).toBe(topicOf('plan', { site: 'xa-mau', sha256: sha256(Buffer.from(payload)) }));
      expect(retain).toBe(true);
    }
    expect(sent).toHaveLength(plans.length + 2);
  });

  it('changes nothing and says nothing when nothing changed, also hours later', async () => {
    const site = await openPlannedSite();
    const { speaker } = await site.site.enrol();
    await mustPlan(site);
    await takeOutbox(site);
    const before = await site.store.pointerOf(speaker.id);
    for (const hours of [0, 3, 6]) {
      await site.clock.advance(hours * 3_600_000);
      expect(await mustPlan(site)).toMatchObject({ pointed: 0 });
    }
    expect(await takeOutbox(site)).toEqual([]);
    expect(await site.store.pointerOf(speaker.id)).toEqual(before);
  });

  it('after midnight adds a day, keeps yesterday and leaves every other day as it was', async () => {
    const site = await openPlannedSite();
    const { speaker } = await site.site.enrol();
    await mustPlan(site);
    await takeOutbox(site);
    const before = (await site.store.pointerOf(speaker.id))?.days ?? {};
    await site.clock.advance(24 * 3_600_000);
    expect(await mustPlan(site)).toMatchObject({ pointed: 1 });
    const after = (await site.store.pointerOf(speaker.id))?.days ?? {};
    expect(after).toMatchObject(before);
    expect(Object.keys(after)).toHaveLength(PLANNED_DAYS_AHEAD + 2);
    await site.clock.advance(24 * 3_600_000);
    await mustPlan(site);
    const later = await site.store.pointerOf(speaker.id);
    expect(later?.days).not.toHaveProperty('2026-03-10');
    expect(later?.revision).toBe((NOON_MS + 48 * 3_600_000) / 1_000);
    const cleared = (await takeOutbox(site)).filter(({ payload }) => payload === '');
    expect(cleared.map(({ topic }) => parseTopic(topic)?.values.sha256)).toEqual([
      before['2026-03-10'],
    ]);
  });

  it('takes a withdrawn bulletin out of every playlist and names it to the speaker', async () => {
    const site = await openPlannedSite();
    const { speaker } = await site.site.enrol();
    const urgent = await site.airtime.addBulletin({ priority: 'priority' });
    await mustPlan(site);
    const hasIt = async () =>
      JSON.stringify(await playlistOf(site, speaker.id, '2026-03-12')).includes(urgent.id);
    expect(await hasIt()).toBe(true);
    await mustCommit(site.store, [
      { do: 'put', what: 'bulletin', value: { ...urgent, state: 'withdrawn' } },
    ]);
    expect(await mustPlan(site)).toMatchObject({ pointed: 1 });
    expect(await hasIt()).toBe(false);
    const stored = await site.store.pointerOf(speaker.id);
    expect(Buffer.from(JSON.parse(stored?.envelope ?? '').payload, 'base64').toString()).toContain(
      `"withdrawn":["${urgent.id}"]`,
    );
  });

  it('keeps the reason when a rule cannot be met, and plans the rest', async () => {
    const site = await openPlannedSite({
      minMinutes: 40,
      dayparts: [{ from: '05:30', to: '06:00' }],
    });
    const { speaker } = await site.site.enrol();
    expect(await mustPlan(site)).toMatchObject({ short: PLANNED_DAYS_AHEAD + 1 });
    const days = await readPlannedDays(site.store, speaker.id);
    expect(days[1]?.problems).toMatchObject([{ code: 'daypartTooShort' }]);
    expect((await playlistOf(site, speaker.id, '2026-03-11')).sessions).toEqual([]);
  });

  it('of speakers that are not enrolled makes nothing', async () => {
    const site = await openPlannedSite();
    const { speaker } = await site.site.enrol();
    await mustCommit(site.store, [
      { do: 'put', what: 'speaker', value: { ...speaker, state: 'removed' } },
    ]);
    expect(await mustPlan(site)).toEqual({ speakers: 0, pointed: 0, short: 0 });
    expect(await takeOutbox(site)).toEqual([]);
  });
});
