import { expect, it } from 'vitest';
import { sealEnvelope } from '#runtime/signing.ts';
import type { Actor } from '#schemas/entities/bulletin.ts';
import { askForLogs } from '#server/services/ask-for-logs.ts';
import { readPointer } from '#server/services/point-speaker.ts';
import { publishLimits, readLimits } from '#server/services/publish-limits.ts';
import { restartSpeakers } from '#server/services/restart-speakers.ts';
import { setVolume } from '#server/services/set-volume.ts';
import { NOON_MS, openPlannedSite } from '#tests/support/planned-site.ts';
import { mustCommit, newId } from '#tests/support/site-in-store.ts';

const administrator: Actor = { kind: 'user', id: 'binh' };
const HOUR_MS = 3_600_000;

const open = async () => {
  const site = await openPlannedSite();
  const { speaker } = await site.site.enrol();
  await publishLimits(site.ports);
  const orders = async () => {
    const stored = await site.store.pointerOf(speaker.id);
    return stored === undefined ? [] : readPointer(stored).orders;
  };
  return { ...site, speaker, orders };
};

it('a restart travels as an order in the signed pointer, and is dropped after an hour', async () => {
  const { ports, store, speaker, orders } = await open();
  const done = await restartSpeakers(ports, administrator, { speakers: [speaker.id] });
  const [order] = await orders();
  expect(order).toMatchObject({
    kind: 'restart',
    givenMs: NOON_MS,
    expiresMs: NOON_MS + HOUR_MS,
  });
  expect(done).toEqual({ ok: true, value: [{ speaker: speaker.id, order: order?.id }] });
  expect((await store.audit(1))[0]).toMatchObject({
    action: 'restartSpeaker',
    actor: administrator,
    subject: speaker.id,
  });
});

it('of an unknown speaker among others none is restarted', async () => {
  const { ports, speaker, orders } = await open();
  const stranger = newId();
  expect(await restartSpeakers(ports, administrator, { speakers: [speaker.id, stranger] })).toEqual(
    { ok: false, problem: { code: 'unknownSpeaker', speaker: stranger } },
  );
  expect(await orders()).toEqual([]);
});

it('a log is asked for from the first record that is not stored', async () => {
  const { ports, speaker, orders } = await open();
  const asked = await askForLogs(ports, administrator, { speakers: [speaker.id] });
  expect(asked).toMatchObject({ ok: true, value: [{ speaker: speaker.id, fromSeq: 1 }] });
  expect(await orders()).toMatchObject([{ kind: 'deliverLog', fromSeq: 1 }]);
});

it('a volume above what is signed for the speaker is refused, and what is below is told it', async () => {
  const { ports, store, speaker, signer } = await open();
  const limits = async () => {
    const stored = await store.limitsOf(speaker.id);
    if (stored === undefined) throw new Error('no limits');
    return readLimits(stored);
  };
  const quieter = { ...(await limits()), revision: 2, maxVolume: 60 };
  const envelope = JSON.stringify(
    sealEnvelope(signer, 'limits', Buffer.from(JSON.stringify(quieter))),
  );
  const value = { speaker: speaker.id, revision: 2, envelope };
  await mustCommit(store, [{ do: 'put', what: 'limits', value }]);
  const set = (volume: number) => setVolume(ports, administrator, { speaker: speaker.id, volume });
  expect(await set(61)).toEqual({
    ok: false,
    problem: { code: 'volumeAboveLimit', volume: 61, maxVolume: 60 },
  });
  expect(await set(60)).toMatchObject({ ok: true, value: { id: speaker.id, volume: 60 } });
  expect((await store.audit(1))[0]).toMatchObject({
    action: 'setVolume',
    facts: { before: 80, volume: 60 },
  });
  await publishLimits(ports);
  expect(await limits()).toMatchObject({ volume: 60 });
});
