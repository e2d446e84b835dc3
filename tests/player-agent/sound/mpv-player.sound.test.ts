import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { coveredMs } from '#core/airtime/intervals.ts';
import { wait } from '#runtime/clock.ts';
import {
  createSoundRig,
  endings,
  mpvPid,
  openTestPlayer,
  prepareList,
} from '#tests/support/sound-rig.ts';

/** Whether what is claimed is true, not how exact it is: that is measured by the bench. */
const NEAR_MS = 100;
/** What a claim may lack when the player has said nothing more, or the speech pauses there. */
const LOST_MS = 350;
/** On a crowded machine real sound has small holes, which are not claimed. */
const LEAST_PART = 0.9;
/** How exactly mpv tells where sound goes on after a hole. */
const RESUMED_MS = 50;
/** What the recording can tell of two clips that follow each other without a gap. */
const GAPLESS_MS = 15;

const near = (actual: number | undefined, expected: number, withinMs = NEAR_MS) => {
  expect(Math.abs((actual ?? Number.NaN) - expected)).toBeLessThan(withinMs);
};

test('three clips sound whole, in order and without a gap, from the instant asked for', async () => {
  const rig = await createSoundRig([4, 3, 4]);
  const player = await openTestPlayer(rig.clock, { env: rig.env });
  expect(player.output()).toMatchObject({ driver: 'system' });
  const list = await prepareList(rig.clock, player, rig.clips);
  const startMs = list.start();
  await list.finished;
  const heard = await rig.heard();

  expect(heard.map(({ clip }) => clip)).toEqual(['clip0', 'clip1', 'clip2']);
  near(heard[0]?.fromMs, startMs);
  const kinds = list.events.map((event) => event.kind);
  const each = ['audible', 'ended'];
  const durationOf = (index: number) => rig.clips.items[index]?.durationMs ?? 0;
  expect(kinds).toEqual([...each, ...each, ...each, 'finished']);
  for (const [index, ended] of endings(list.events).entries()) {
    const found = heard[index];
    expect(ended).toMatchObject({ index, outcome: 'whole', reason: null });
    expect(coveredMs(ended.audible, ended.played)).toBeGreaterThan(LEAST_PART * durationOf(index));
    near(found?.fromMs, ended.played.fromMs);
    near(found?.toMs, ended.played.toMs);
    if (index > 0) near(found?.fromMs, heard[index - 1]?.toMs ?? 0, GAPLESS_MS);
  }
});

test('a stop is silence at once, and the half that sounded is claimed', async () => {
  const rig = await createSoundRig([4, 4]);
  const player = await openTestPlayer(rig.clock, { env: rig.env });
  const list = await prepareList(rig.clock, player, rig.clips);
  const startMs = list.start();
  await wait(rig.clock, startMs + 5_600 - rig.clock.positionMs());
  const stopMs = rig.clock.positionMs();
  await list.playback.stop();
  await wait(rig.clock, 500);
  const heard = await rig.heard();

  const [first, second] = endings(list.events);
  expect(first).toMatchObject({ outcome: 'whole', reason: null });
  expect(second).toMatchObject({ outcome: 'part', reason: 'stopped' });
  expect(list.events.at(-1)).toEqual({ kind: 'finished' });
  near(second?.audible.at(-1)?.toMs, stopMs);
  near(heard[1]?.toMs, stopMs);
  near((await rig.sounds()).at(-1)?.toMs, stopMs);
  expect(list.playback.progress()).toBeNull();
});

test('a list that is joined late begins inside its first clip', async () => {
  const rig = await createSoundRig([6]);
  const player = await openTestPlayer(rig.clock, { env: rig.env });
  const list = await prepareList(rig.clock, player, { ...rig.clips, skipMs: 2_500 });
  const startMs = list.start();
  await list.finished;
  const [heard] = await rig.heard();
  const [ended] = endings(list.events);

  near((heard?.fromMs ?? 0) - (heard?.clipFromMs ?? 0), startMs - 2_500);
  expect(ended).toMatchObject({ outcome: 'whole', reason: null });
  near(ended?.played.toMs, startMs + 3_500);
});

test('a player that is killed claims only what was heard, and the next list plays', async () => {
  const rig = await createSoundRig([5, 4]);
  const player = await openTestPlayer(rig.clock, { env: rig.env });
  const list = await prepareList(rig.clock, player, rig.clips);
  const startMs = list.start();
  await wait(rig.clock, startMs + 2_300 - rig.clock.positionMs());
  process.kill(await mpvPid(), 'SIGKILL');
  const killedMs = rig.clock.positionMs();
  await list.finished;
  const [item] = rig.clips.items.slice(1);
  const again = await prepareList(rig.clock, player, { items: item === undefined ? [] : [item] });
  again.start();
  await again.finished;
  const heard = await rig.heard();

  const [ended] = endings(list.events);
  expect(endings(list.events)).toHaveLength(1);
  expect(ended).toMatchObject({ index: 0, outcome: 'part', reason: 'playerFailed' });
  const claimedToMs = ended?.audible.at(-1)?.toMs ?? 0;
  expect(claimedToMs).toBeLessThanOrEqual(killedMs);
  near(claimedToMs, killedMs, LOST_MS);
  near(claimedToMs, heard[0]?.toMs ?? 0, LOST_MS);
  // A crowded machine may lose a piece of the recording, and a clip is found twice then.
  expect(new Set(heard.map(({ clip }) => clip))).toEqual(new Set(['clip0', 'clip1']));
  expect(endings(again.events)[0]).toMatchObject({ outcome: 'whole' });
});

test('a player that hangs is noticed within two seconds, and its silence is not claimed', async () => {
  const rig = await createSoundRig([8]);
  const player = await openTestPlayer(rig.clock, { env: rig.env });
  const list = await prepareList(rig.clock, player, rig.clips);
  const startMs = list.start();
  await wait(rig.clock, startMs + 2_000 - rig.clock.positionMs());
  process.kill(await mpvPid(), 'SIGSTOP');
  const hungMs = rig.clock.positionMs();
  await list.finished;
  expect(rig.clock.positionMs() - hungMs).toBeLessThan(2_000);
  const [heard] = await rig.heard();

  const [ended] = endings(list.events);
  expect(ended).toMatchObject({ outcome: 'part', reason: 'playerFailed' });
  expect(ended?.audible.at(-1)?.toMs).toBeLessThanOrEqual(hungMs);
  near(ended?.audible.at(-1)?.toMs, heard?.toMs ?? 0, LOST_MS);
});

test('a hole in the sound is no airtime, and what comes after it is', async () => {
  const rig = await createSoundRig([6]);
  const player = await openTestPlayer(rig.clock, { env: rig.env });
  const list = await prepareList(rig.clock, player, rig.clips);
  const startMs = list.start();
  await wait(rig.clock, startMs + 2_000 - rig.clock.positionMs());
  const pid = await mpvPid();
  const hungMs = rig.clock.positionMs();
  process.kill(pid, 'SIGSTOP');
  await wait(rig.clock, 500);
  const wokenMs = rig.clock.positionMs();
  process.kill(pid, 'SIGCONT');
  await list.finished;
  const heard = await rig.heard();

  const [ended] = endings(list.events);
  expect(ended).toMatchObject({ outcome: 'whole', reason: null });
  const hole = { fromMs: hungMs + LOST_MS, toMs: wokenMs - RESUMED_MS };
  expect(coveredMs(ended?.audible ?? [], hole)).toBe(0);
  near(ended?.audible.at(-1)?.toMs, heard.at(-1)?.toMs ?? 0);
  expect(heard.at(-1)?.toMs).toBeGreaterThan(wokenMs);
});

test('when the only sound server dies every item says that the player failed', async () => {
  const rig = await createSoundRig([5, 4]);
  const player = await openTestPlayer(rig.clock, { env: rig.env, ao: 'pulse' });
  const list = await prepareList(rig.clock, player, rig.clips);
  const startMs = list.start();
  await wait(rig.clock, startMs + 2_000 - rig.clock.positionMs());
  const diedMs = rig.clock.positionMs();
  await rig.pulse.stop();
  await list.finished;

  const [first, second] = endings(list.events);
  expect(first).toMatchObject({ outcome: 'part', reason: 'playerFailed' });
  near(first?.audible.at(-1)?.toMs, diedMs, LOST_MS);
  expect(second).toMatchObject({ outcome: 'none', reason: 'playerFailed', audible: [] });
});

test('a clip that cannot be opened is not claimed, and the next one sounds as claimed', async () => {
  const rig = await createSoundRig([3, 3]);
  const player = await openTestPlayer(rig.clock, { env: rig.env });
  const [first, last] = rig.clips.items;
  if (first === undefined || last === undefined) throw new Error('two clips were asked for');
  const gone = { path: `${rig.folder}/gone.mp3`, durationMs: 60_000 };
  const list = await prepareList(rig.clock, player, { items: [first, gone, last] });
  list.start();
  await list.finished;
  const heard = await rig.heard();

  expect(heard.map(({ clip }) => clip)).toEqual(['clip0', 'clip1']);
  const [before, none, after] = endings(list.events);
  near(before?.audible.at(-1)?.toMs, heard[0]?.toMs ?? 0, LOST_MS);
  expect(none).toMatchObject({ outcome: 'none', reason: 'playerFailed', audible: [] });
  expect(after).toMatchObject({ outcome: 'whole', reason: null });
  near(after?.played.fromMs, (heard[1]?.fromMs ?? 0) - (heard[1]?.clipFromMs ?? 0));
});

test('no sound outlives the process that plays it', async () => {
  const rig = await createSoundRig([8]);
  const program = fileURLToPath(import.meta.resolve('#tests/support/processes/play-clip.ts'));
  const player = spawn(process.execPath, [program, rig.clips.items[0]?.path ?? ''], {
    env: rig.env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(player.stdout, 'data');
  await wait(rig.clock, 1_000);
  player.kill('SIGKILL');
  const killedMs = rig.clock.positionMs();
  await wait(rig.clock, 1_500);
  const sounds = await rig.sounds();

  near(sounds.at(-1)?.toMs, killedMs, LOST_MS);
});
