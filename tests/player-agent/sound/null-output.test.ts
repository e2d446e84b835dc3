import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '#runtime/clock.ts';
import {
  endings,
  makeSpeechClips,
  mpvPid,
  openTestPlayer,
  prepareList,
} from '#tests/support/sound-rig.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

test('without a sound card the list keeps real time, and the output says that it is none', async () => {
  const clock = systemClock();
  const clips = await makeSpeechClips(await temporaryFolder(), [2, 1]);
  const player = await openTestPlayer(clock, { ao: 'null' });
  const list = await prepareList(clock, player, clips);
  const startMs = list.start();
  await list.finished;

  expect(player.output()).toMatchObject({ driver: 'null', device: null });
  expect(player.output().version).toMatch(/^mpv \d/);
  const [first, second] = endings(list.events);
  expect(Math.abs((first?.played.fromMs ?? 0) - startMs)).toBeLessThan(100);
  expect([first?.outcome, second?.outcome]).toEqual(['whole', 'whole']);
  expect((second?.played.toMs ?? 0) - (first?.played.fromMs ?? 0)).toBeGreaterThan(2_990);
  expect((second?.played.toMs ?? 0) - (first?.played.fromMs ?? 0)).toBeLessThan(3_100);
});

test('a second list is refused while one is loaded, and taken when that one was stopped', async () => {
  const clock = systemClock();
  const clips = await makeSpeechClips(await temporaryFolder(), [2]);
  const player = await openTestPlayer(clock, { ao: 'null' });
  const list = await prepareList(clock, player, clips);
  const request = { items: clips.items, volume: 50, skipMs: 0, onEvent: () => {} };
  expect(await player.prepare(request)).toEqual({
    ok: false,
    problem: { code: 'audioToolFailed', detail: 'busy' },
  });

  await list.playback.stop();
  expect(list.events).toEqual([{ kind: 'finished' }]);
  expect(await player.prepare(request)).toMatchObject({ ok: true });
});

test('a first clip that is no audio is refused before its time', async () => {
  const clock = systemClock();
  const player = await openTestPlayer(clock, { ao: 'null' });
  const items = [{ path: import.meta.filename, durationMs: 1_000 }];
  const prepared = await player.prepare({ items, volume: 50, skipMs: 0, onEvent: () => {} });
  expect(prepared).toMatchObject({ ok: false, problem: { code: 'audioToolFailed' } });
});

test('a player that hangs before its time is refused, and the next list finds another', async () => {
  const clock = systemClock();
  const clips = await makeSpeechClips(await temporaryFolder(), [1]);
  const player = await openTestPlayer(clock, { ao: 'null' });
  const request = { items: clips.items, volume: 50, skipMs: 0, onEvent: () => {} };
  process.kill(await mpvPid(), 'SIGSTOP');
  expect(await player.prepare(request)).toEqual({
    ok: false,
    problem: { code: 'audioToolFailed', detail: 'notAnswering' },
  });
  expect(await player.prepare(request)).toMatchObject({ ok: true });
});

test('what is not to be loaded any further makes room at once, and the next list is taken and sounds', async () => {
  const clock = systemClock();
  const clips = await makeSpeechClips(await temporaryFolder(), [2, 1]);
  const player = await openTestPlayer(clock, { ao: 'null' });
  const loading = new AbortController();
  const [first, second] = clips.items;
  if (first === undefined || second === undefined) throw new Error('no clips');
  const rest = { volume: 50, skipMs: 0, onEvent: () => {} };
  const given = player.prepare({ items: [first], ...rest, signal: loading.signal });
  loading.abort();
  expect(await given).toMatchObject({ ok: false, problem: { detail: 'aborted' } });
  const list = await prepareList(clock, player, { items: [second] });
  list.start();
  await list.finished;
  expect(endings(list.events)).toMatchObject([{ index: 0, outcome: 'whole' }]);
});

test.each(['--load-osd-console', '--ytdl'])(
  'a mpv that does not know %s plays all the same',
  async (unknown) => {
    const clock = systemClock();
    const folder = await temporaryFolder();
    const clips = await makeSpeechClips(folder, [1]);
    const mpvPath = join(folder, 'mpv');
    await writeFile(
      mpvPath,
      `#!/bin/sh\ncase "$*" in *${unknown}=*) exit 1;; esac\nexec mpv "$@"\n`,
    );
    await chmod(mpvPath, 0o755);
    const player = await openTestPlayer(clock, { ao: 'null', mpvPath });
    const list = await prepareList(clock, player, clips);
    list.start();
    await list.finished;
    expect(endings(list.events)).toMatchObject([{ index: 0, outcome: 'whole' }]);
  },
);
