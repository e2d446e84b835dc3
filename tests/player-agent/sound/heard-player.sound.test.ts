import { expect, test } from 'vitest';
import { wait } from '#runtime/clock.ts';
import {
  createSoundRig,
  endings,
  openTestPlayer,
  prepareList,
  type SoundRig,
} from '#tests/support/sound-rig.ts';

const MUTE_AFTER_MS = 3_000;
const MUTE_FOR_MS = 7_000;

/** Plays two clips of 8 s while the sink is mute from 3 s to 10 s: claims and what was heard. */
const playThroughMute = async (rig: SoundRig, capture: string | null) => {
  const player = await openTestPlayer(rig.clock, { env: rig.env, capture });
  const list = await prepareList(rig.clock, player, rig.clips);
  const startMs = list.start();
  await wait(rig.clock, startMs + MUTE_AFTER_MS - rig.clock.positionMs());
  await rig.pulse.mute(true);
  const mutedMs = rig.clock.positionMs();
  await wait(rig.clock, MUTE_FOR_MS);
  await rig.pulse.mute(false);
  await list.finished;
  const lengthOf = (parts: readonly { fromMs: number; toMs: number }[]) =>
    parts.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
  const ended = endings(list.events);
  const claimedMs = lengthOf(ended.flatMap(({ audible }) => audible));
  const told = list.silences.map(({ isSilent, atMs }) => ({ isSilent, afterMs: atMs - mutedMs }));
  return { ended, claimedMs, heardMs: lengthOf(await rig.heard()), told };
};

test('a speaker that is muted behind its back says so within a minute and does not claim the silence', async () => {
  const rig = await createSoundRig([8, 8]);
  const capture = `pulse:${rig.pulse.monitor}`;
  const { ended, claimedMs, heardMs, told } = await playThroughMute(rig, capture);

  expect(Math.abs(claimedMs - heardMs)).toBeLessThan(500);
  expect(ended).toHaveLength(2);
  for (const { outcome, reason } of ended) {
    expect({ outcome, reason }).toEqual({ outcome: 'part', reason: 'silentSpeaker' });
  }
  expect(ended[0]?.measurement).toMatchObject({ method: 'capture' });
  expect(Math.abs((ended[0]?.measurement?.silentMs ?? 0) - 5_000)).toBeLessThan(400);
  const lost = told.find(({ isSilent }) => isSilent);
  expect(lost?.afterMs).toBeLessThan(60_000);
  expect(told.at(-1)?.isSilent).toBe(false);
});

test('without a measurement the commands alone claim what nobody heard', async () => {
  const rig = await createSoundRig([8, 8]);
  const { ended, claimedMs, heardMs } = await playThroughMute(rig, null);

  expect(ended.map(({ outcome, reason }) => ({ outcome, reason }))).toEqual([
    { outcome: 'whole', reason: null },
    { outcome: 'whole', reason: null },
  ]);
  for (const { measurement } of ended) {
    expect(measurement).toMatchObject({ method: 'player', silentMs: 0 });
    expect(measurement?.rmsDbfs).toBeGreaterThan(-40);
  }
  expect(claimedMs - heardMs).toBeGreaterThan(MUTE_FOR_MS - 1_000);
});

test('a measurement that dies takes nothing away', async () => {
  const rig = await createSoundRig([4]);
  const player = await openTestPlayer(rig.clock, { env: rig.env, capture: 'pulse:no_such_source' });
  const list = await prepareList(rig.clock, player, rig.clips);
  list.start();
  await list.finished;

  expect(endings(list.events)).toMatchObject([
    { outcome: 'whole', reason: null, measurement: { method: 'player' } },
  ]);
});
