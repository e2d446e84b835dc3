import { expect, test } from 'vitest';
import type { PlayerEvent } from '#player-agent/ports/player.ts';
import type { MpvIpc } from '#player-agent/sound/mpv-ipc.ts';
import { createMpvPlayback } from '#player-agent/sound/mpv-playback.ts';
import { createReleaseLead } from '#player-agent/sound/release-lead.ts';
import { createLogger } from '#runtime/logger.ts';
import { ok } from '#schemas/result.ts';
import { createFakeClock } from '#tests/support/fake-clock.ts';

const RELEASED_MS = 110;
const LATER_MS = 600;

/** A list that was let go some 10 ms ago, by a mpv that has let out so much of it. */
const released = async (soundedMs: number) => {
  const clock = createFakeClock(0);
  const volumes: unknown[] = [];
  const events: PlayerEvent[] = [];
  const command: MpvIpc['command'] = async (...[name, property, value]) => {
    if (property === 'volume') volumes.push(value);
    return ok(name === 'expand-text' ? `0 ${(soundedMs / 1000).toFixed(3)}` : null);
  };
  const items = [{ path: 'one.mp3', durationMs: 60_000 }];
  const onEvent = (event: PlayerEvent) => void events.push(event);
  const how = { volume: 100, skipMs: 0, softStartMs: 10_000, onEvent };
  const playback = createMpvPlayback({
    ...{ clock, log: createLogger('test', 'silent'), lead: createReleaseLead() },
    ...{ ipc: { command, close: () => undefined }, request: { items, ...how } },
    ...{ kill: () => undefined, onFinished: () => undefined },
  });
  playback.start(clock.positionMs() + 100);
  await clock.advance(RELEASED_MS);
  return { clock, playback, volumes, events };
};

test('a volume that is set right after the release is not raised by the soft start any more', async () => {
  const { clock, playback, volumes } = await released(0);
  await playback.setVolume(30);
  await clock.advance(LATER_MS);
  expect(volumes).toEqual([30]);
});

test('of a list that is stopped right after its release what sounded is claimed', async () => {
  const { playback, events } = await released(8);
  await playback.stop();
  expect(events).toMatchObject([
    { kind: 'audible', index: 0 },
    { kind: 'ended', index: 0, outcome: 'part', reason: 'stopped' },
    { kind: 'finished' },
  ]);
  const [, ended] = events;
  if (ended?.kind !== 'ended') throw new Error('not ended');
  expect(ended.played.toMs - ended.played.fromMs).toBe(8);
});

test('of a list whose player dies right after its release nothing is claimed', async () => {
  const { clock, playback, events } = await released(8);
  playback.hear({ event: 'exited', reason: null, error: null, entryId: null });
  await clock.advance(LATER_MS);
  expect(events).toMatchObject([
    { kind: 'ended', index: 0, outcome: 'none', reason: 'playerFailed', audible: [] },
    { kind: 'finished' },
  ]);
});
