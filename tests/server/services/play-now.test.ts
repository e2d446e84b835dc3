import { describe, expect, it } from 'vitest';
import type { Actor, Bulletin } from '#schemas/entities/bulletin.ts';
import { playlistSchema } from '#schemas/playlist.ts';
import { parseTopic } from '#schemas/topics.ts';
import { planDays } from '#server/services/plan-days.ts';
import { playNow } from '#server/services/play-now.ts';
import { readPointer } from '#server/services/point-speaker.ts';
import { publishLimits } from '#server/services/publish-limits.ts';
import { stopPlaying } from '#server/services/stop-playing.ts';
import { trialBroadcast } from '#server/services/trial-broadcast.ts';
import { NOON_MS, openPlannedSite } from '#tests/support/planned-site.ts';
import { newId } from '#tests/support/site-in-store.ts';

const operator: Actor = { kind: 'user', id: 'lan' };
const HOUR_MS = 3_600_000;

const open = async (nowMs = NOON_MS) => {
  const site = await openPlannedSite({}, nowMs);
  const { speaker } = await site.site.enrol();
  await publishLimits(site.ports);
  const [first, second] = await site.store.bulletins();
  if (first === undefined || second === undefined) throw new Error('no bulletins');
  const pointer = async () => {
    const stored = await site.store.pointerOf(speaker.id);
    return stored === undefined ? undefined : readPointer(stored);
  };
  const play = (bulletins: readonly string[], drill = false) =>
    playNow(site.ports, operator, { speakers: [speaker.id], bulletins: [...bulletins], drill });
  return { ...site, speaker, first, second, pointer, play };
};

describe('play now', () => {
  it('points the speaker to a list of these bulletins, in this order, at once', async () => {
    const { store, speaker, first, second, pointer, play } = await open();
    const played = await play([second.id, first.id]);
    expect(played).toMatchObject({
      value: [{ speaker: speaker.id, notBeforeMs: NOON_MS, waitsUntil: null }],
    });
    const [order] = (await pointer())?.orders ?? [];
    if (order?.kind !== 'play') throw new Error('no order');
    const stored = await store.playlistBySha256(order.playlist);
    const list = playlistSchema.parse(JSON.parse(stored?.text ?? ''));
    expect(list).toMatchObject({ day: null, sessions: [{ startMs: null, drill: false }] });
    expect(list.sessions[0]?.slots.map(({ bulletin }) => bulletin)).toEqual([second.id, first.id]);
    const topics = (await store.outbox(100)).map(({ topic }) => parseTopic(topic)?.name);
    expect(topics).toEqual(expect.arrayContaining(['plan', 'pointer']));
    expect((await store.audit(5))[0]).toMatchObject({ action: 'playNow', actor: operator });
  });

  it('is as loud as the order says, and without a word as each speaker is', async () => {
    const { ports, store, speaker, first, pointer } = await open();
    const order = { speakers: [speaker.id], bulletins: [first.id], drill: false };
    for (const volume of [35, undefined]) {
      await playNow(ports, operator, { ...order, volume });
      const given = (await pointer())?.orders.at(-1);
      const stored = await store.playlistBySha256(given?.kind === 'play' ? given.playlist : '');
      expect(playlistSchema.parse(JSON.parse(stored?.text ?? '')).sessions).toMatchObject([
        { volume: volume ?? null },
      ]);
    }
  });

  it('keeps the days that are planned, and planning keeps the order', async () => {
    const { ports, first, pointer, play } = await open();
    await planDays(ports);
    const before = await pointer();
    await play([first.id]);
    const ordered = await pointer();
    expect(ordered).toMatchObject({ revision: (before?.revision ?? 0) + 1, days: before?.days });
    await planDays(ports);
    expect(await pointer()).toEqual(ordered);
  });

  it.each([
    { why: 'in the evening of quiet hours', hours: 10.5, until: '2026-03-11T05:00:00.000+07:00' },
    { why: 'after midnight', hours: 13, until: '2026-03-11T05:00:00.000+07:00' },
    {
      why: 'when it would reach into them',
      hours: 9 - 0.5 / 60,
      until: '2026-03-11T05:00:00.000+07:00',
    },
    { why: 'when it ends as they begin', hours: 9 - 1 / 60, until: null },
    { why: 'as they end', hours: 17, until: null },
  ])('$why waits until: $until', async ({ hours, until }) => {
    const { first, play } = await open(NOON_MS + hours * HOUR_MS);
    expect(await play([first.id])).toMatchObject({ value: [{ waitsUntil: until }] });
  });

  it.each([
    { why: 'a bulletin that is not there', code: 'notFound', state: undefined },
    { why: 'one that only waits for approval', code: 'wrongState', state: 'submitted' },
    { why: 'one that was withdrawn', code: 'wrongState', state: 'withdrawn' },
    { why: 'one whose time is over', code: 'wrongState', state: 'expired' },
  ] as const)('refuses $why, and nothing is ordered', async ({ code, state }) => {
    const { airtime, first, pointer, play } = await open();
    const odd: Partial<Bulletin> =
      state === 'expired' ? { expiresMs: NOON_MS } : { state: state ?? 'released' };
    const id = state === undefined ? newId() : (await airtime.addBulletin(odd)).id;
    expect(await play([first.id, id])).toMatchObject({ ok: false, problem: { code } });
    expect(await pointer()).toBeUndefined();
  });

  it('refuses a speaker that nobody enrolled, and orders nothing on the others', async () => {
    const { ports, speaker, first, pointer } = await open();
    const stranger = newId();
    const request = { speakers: [speaker.id, stranger], bulletins: [first.id], drill: false };
    expect(await playNow(ports, operator, request)).toMatchObject({
      problem: { code: 'unknownSpeaker', speaker: stranger },
    });
    expect(await pointer()).toBeUndefined();
  });

  it('given twice at the same time loses neither order', async () => {
    const { first, second, pointer, play } = await open();
    const answers = await Promise.all([play([first.id]), play([second.id])]);
    expect(answers).toMatchObject([{ ok: true }, { ok: true }]);
    expect(await pointer()).toMatchObject({ orders: [{}, {}] });
  });
});

describe('stop', () => {
  it('follows the order it ends', async () => {
    const { ports, speaker, first, clock, pointer, play } = await open();
    await play([first.id]);
    await clock.advance(1000);
    expect(await stopPlaying(ports, operator, { speakers: [speaker.id] })).toMatchObject({
      ok: true,
    });
    expect((await pointer())?.orders.map(({ kind }) => kind)).toEqual(['play', 'stop']);
  });
});

describe('the trial broadcast', () => {
  it('is ordered once in the life of the installation, as a drill', async () => {
    const { ports, store, airtime, pointer } = await open();
    expect(await trialBroadcast(ports)).toEqual({ ok: true, value: null });
    await airtime.addBulletin({ trial: true, campaigns: [] });
    expect(await trialBroadcast(ports)).toMatchObject({ value: { waitsUntil: null } });
    expect(await trialBroadcast(ports)).toEqual({ ok: true, value: null });
    const orders = (await pointer())?.orders ?? [];
    expect(orders).toHaveLength(1);
    const [order] = orders;
    const stored = await store.playlistBySha256(order?.kind === 'play' ? order.playlist : '');
    expect(JSON.parse(stored?.text ?? '')).toMatchObject({ sessions: [{ drill: true }] });
  });

  it('waits for the end of quiet hours and says until when', async () => {
    const { ports, airtime } = await open(NOON_MS + 11 * HOUR_MS);
    await airtime.addBulletin({ trial: true, campaigns: [] });
    expect(await trialBroadcast(ports)).toMatchObject({
      value: { waitsUntil: '2026-03-11T05:00:00.000+07:00' },
    });
  });
});
