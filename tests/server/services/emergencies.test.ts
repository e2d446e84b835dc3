import { expect, it } from 'vitest';
import type { Bulletin } from '#schemas/entities/bulletin.ts';
import { playlistSchema } from '#schemas/playlist.ts';
import { topicOf } from '#schemas/topics.ts';
import { clearEmergencies } from '#server/services/clear-emergencies.ts';
import { publishLimits, readLimits } from '#server/services/publish-limits.ts';
import { sendEmergency } from '#server/services/send-emergency.ts';
import { openPlannedSite } from '#tests/support/planned-site.ts';
import { mustCommit } from '#tests/support/site-in-store.ts';

const actor = { kind: 'user', id: 'hoa' } as const;

const open = async () => {
  const scene = await openPlannedSite();
  const { speaker } = await scene.site.enrol();
  const [bulletin] = await scene.store.bulletins();
  if (bulletin === undefined) throw new Error('the site has no bulletin');
  const change = async (value: Partial<Bulletin>) => {
    const changed = { ...bulletin, ...value };
    await mustCommit(scene.store, [{ do: 'put', what: 'bulletin', value: changed }]);
  };
  const limits = async () => {
    await publishLimits(scene.ports);
    const stored = await scene.store.limitsOf(speaker.id);
    if (stored === undefined) throw new Error('no limits were told');
    return readLimits(stored);
  };
  const send = async () => {
    const wanted = { units: [], speakers: [speaker.id], bulletins: [bulletin.id] };
    const rest = { repeats: 1, expiresInMin: 60, volume: null, drill: false };
    const sent = await sendEmergency(scene.ports, actor, { ...wanted, ...rest });
    if (!sent.ok) throw new Error(sent.problem.code);
    return sent.value;
  };
  return { ...scene, speaker, change, limits, send };
};

it('a released bulletin of the highest priority is kept at hand by every speaker, as the list that an emergency of it names', async () => {
  const { store, change, limits, send } = await open();
  expect((await limits()).alerts).toEqual([]);
  await change({ priority: 'emergency' });
  const { alerts } = await limits();
  expect(alerts).toEqual([(await send()).playlist]);
  const topic = topicOf('plan', { site: 'xa-mau', sha256: alerts?.[0] ?? '' });
  expect((await store.retained()).some((message) => message.topic.endsWith(topic.slice(-64)))).toBe(
    true,
  );
  await change({ priority: 'emergency', state: 'withdrawn' });
  expect((await limits()).alerts).toEqual([]);
});

it('a released trial bulletin is kept at hand by every speaker as a drill, before any emergency', async () => {
  const { store, change, limits } = await open();
  await change({ trial: true });
  const [hash = '', ...others] = (await limits()).alerts ?? [];
  expect(others).toEqual([]);
  const list = (await store.retained()).find(({ topic }) => topic.endsWith(hash));
  expect(playlistSchema.parse(JSON.parse(list?.payload ?? '')).sessions).toMatchObject([
    { drill: true },
  ]);
});

it('a speaker is told its own unit and those above it', async () => {
  const { speaker, limits } = await open();
  expect((await limits()).units).toContain(speaker.unit);
});

it('an emergency stands at the broker until it has expired, and not longer', async () => {
  const { ports, store, clock, send } = await open();
  const { id } = await send();
  const stands = async () => (await store.retained()).some(({ topic }) => topic.endsWith(id));
  expect(await clearEmergencies(ports)).toEqual({ ok: true, value: 0 });
  expect(await stands()).toBe(true);
  await clock.advance(61 * 60_000);
  expect(await clearEmergencies(ports)).toEqual({ ok: true, value: 1 });
  expect(await stands()).toBe(false);
  expect(await clearEmergencies(ports)).toEqual({ ok: true, value: 0 });
});
