import { expect, test } from 'vitest';
import type { MpvIpc } from '#player-agent/sound/mpv-ipc.ts';
import { createMpvPlayback } from '#player-agent/sound/mpv-playback.ts';
import { createReleaseLead } from '#player-agent/sound/release-lead.ts';
import { createLogger } from '#runtime/logger.ts';
import { ok } from '#schemas/result.ts';
import { createFakeClock } from '#tests/support/fake-clock.ts';

const RELEASED_MS = 110;
const LATER_MS = 600;

test('a volume that is set right after the release is not raised by the soft start any more', async () => {
  const clock = createFakeClock(0);
  const volumes: unknown[] = [];
  const command: MpvIpc['command'] = async (...[, property, value]) => {
    if (property === 'volume') volumes.push(value);
    return ok(null);
  };
  const items = [{ path: 'one.mp3', durationMs: 60_000 }];
  const how = { volume: 100, skipMs: 0, softStartMs: 10_000, onEvent: () => undefined };
  const playback = createMpvPlayback({
    ...{ clock, log: createLogger('test', 'silent'), lead: createReleaseLead() },
    ...{ ipc: { command, close: () => undefined }, request: { items, ...how } },
    ...{ kill: () => undefined, onFinished: () => undefined },
  });
  playback.start(clock.positionMs() + 100);
  await clock.advance(RELEASED_MS);
  await playback.setVolume(30);
  await clock.advance(LATER_MS);
  expect(volumes).toEqual([30]);
});
