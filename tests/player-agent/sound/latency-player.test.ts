import { expect, test } from 'vitest';
import type { PlayerEvent } from '#player-agent/ports/player.ts';
import { withLatency } from '#player-agent/sound/latency-player.ts';
import { createReleaseLead } from '#player-agent/sound/release-lead.ts';
import { softVolume, startSoftly } from '#player-agent/sound/soft-start.ts';
import { createFakeClock } from '#tests/support/fake-clock.ts';
import { createFakePlayer } from '#tests/support/fake-player.ts';

const LATENCY_MS = 300;

test('what a device holds back is released earlier, and the log states when it sounded', async () => {
  const clock = createFakeClock(0);
  const inner = createFakePlayer(clock);
  const events: { event: PlayerEvent; atMs: number }[] = [];
  const onEvent = (event: PlayerEvent) => events.push({ event, atMs: clock.positionMs() });
  const prepared = await withLatency(inner, LATENCY_MS, clock).prepare({
    items: [{ path: 'clip', durationMs: 8_000 }],
    volume: 80,
    skipMs: 0,
    onEvent,
  });
  if (!prepared.ok) throw new Error(prepared.problem.code);
  prepared.value.start(5_000);
  await clock.advance(8_000);
  expect(inner.sounded[0]?.fromMs).toBe(5_000 - LATENCY_MS);
  expect(prepared.value.progress()).toMatchObject({ audible: [{ fromMs: 5_000, toMs: 8_000 }] });
  await clock.advance(8_000);
  const heard = { fromMs: 5_000, toMs: 13_000 };
  expect(events).toMatchObject([
    { event: { kind: 'audible', fromPosMs: 5_000 }, atMs: 5_000 },
    { event: { kind: 'ended', played: heard, audible: [heard] }, atMs: 13_000 },
    { event: { kind: 'finished' }, atMs: 13_000 },
  ]);
});

test('what an output takes from the release is learned from nine starts, and no chance delay counts', () => {
  const lead = createReleaseLead();
  for (const tookMs of [62, 60, 340, 61, 60, 59, 60, 61]) lead.learn(tookMs);
  expect(lead.leadMs()).toBe(0);
  lead.learn(60);
  expect(lead.leadMs()).toBe(60);
  for (let start = 0; start < 9; start += 1) lead.learn(3);
  expect(lead.leadMs()).toBe(0);
});

test('a soft start reaches the volume after ten seconds, step by step and never above it', async () => {
  const clock = createFakeClock(0);
  const volumes: number[] = [];
  const set = (volume: number) => volumes.push(volume);
  startSoftly(clock, 0, { softMs: 10_000, volume: 80, set });
  await clock.advance(20_000);
  expect(softVolume(80, 0, 10_000)).toBe(32);
  expect(volumes).toHaveLength(40);
  expect(volumes).toEqual(volumes.toSorted((a, b) => a - b));
  expect([volumes[19], volumes.at(-1)]).toEqual([56, 80]);
});

test('what is to be silent starts silent, and without a soft start the volume is whole at once', () => {
  expect(softVolume(0, 0, 10_000)).toBe(0);
  expect(softVolume(70, 0, 0)).toBe(70);
});
