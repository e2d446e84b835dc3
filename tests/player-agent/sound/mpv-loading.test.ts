import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import type { MpvEvent, MpvIpc } from '#player-agent/sound/mpv-ipc.ts';
import { loadPaused } from '#player-agent/sound/mpv-loading.ts';
import { breathe } from '#runtime/clock.ts';
import { ok } from '#schemas/result.ts';
import { createFakeClock } from '#tests/support/fake-clock.ts';

const MINE = 7;
const request = {
  items: [{ path: 'one.mp3', durationMs: 1_000 }],
  volume: 100,
  skipMs: 0,
  onEvent: () => undefined,
};

/** A list that is being loaded as entry 7, by a mpv that says what the test lets it say. */
const loading = (skipMs = 0) => {
  const asked: unknown[] = [];
  let listener: ((event: MpvEvent) => void) | undefined;
  const subscribe = (next: typeof listener) => {
    listener = next;
    return () => undefined;
  };
  const command: MpvIpc['command'] = async (...[word]) => {
    if (typeof word !== 'object') return ok(null);
    asked.push(word);
    return ok({ playlist_entry_id: MINE });
  };
  const ipc = { command, close: () => undefined };
  const parts = { clock: createFakeClock(0), subscribe };
  const loaded = loadPaused(ipc, { ...request, skipMs }, parts);
  const say = (event: string, entryId: number | null, reason: string | null = null) =>
    listener?.({ event, entryId, reason, error: null });
  return { loaded, say, asked };
};

test('what mpv still says of a list that was given up neither fails the next one nor lets it go', async () => {
  const { loaded, say } = loading();
  say('start-file', MINE - 1);
  say('end-file', MINE - 1, 'error');
  say('playback-restart', null);
  const outcome = Promise.race([loaded, breathe().then(() => 'waits')]);
  expect(await outcome).toBe('waits');
  say('start-file', MINE);
  say('playback-restart', null);
  expect(await loaded).toEqual(ok(null));
});

test('a clip of the list itself that cannot be opened fails it', async () => {
  const { loaded, say } = loading();
  say('start-file', MINE);
  say('end-file', MINE, 'error');
  expect(await loaded).toMatchObject({ ok: false, problem: { detail: 'error' } });
});

test('clips are handed over by names, since what stands in a row is read otherwise from mpv 0.38 on', async () => {
  const { loaded, say, asked } = loading(2_500);
  say('start-file', MINE);
  say('playback-restart', null);
  expect(await loaded).toEqual(ok(null));
  const url = resolve('one.mp3');
  expect(asked).toEqual([{ name: 'loadfile', url, flags: 'append-play', options: 'start=2.500' }]);
});
