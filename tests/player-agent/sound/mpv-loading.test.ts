import { expect, test } from 'vitest';
import type { MpvEvent } from '#player-agent/sound/mpv-ipc.ts';
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
const loading = () => {
  let listener: ((event: MpvEvent) => void) | undefined;
  const subscribe = (next: typeof listener) => {
    listener = next;
    return () => undefined;
  };
  const command = async (word?: string | number | boolean) =>
    ok(word === 'loadfile' ? { playlist_entry_id: MINE } : null);
  const ipc = { command, close: () => undefined };
  const loaded = loadPaused(ipc, request, { clock: createFakeClock(0), subscribe });
  const say = (event: string, entryId: number | null, reason: string | null = null) =>
    listener?.({ event, entryId, reason, error: null });
  return { loaded, say };
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
