import { execFile, spawn } from 'node:child_process';
import { mkdir, readdir, watch } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runBounded } from '#content/bounded-process.ts';
import { createDiskClipStore } from '#content/disk-clip-store.ts';
import { runFfmpeg } from '#content/ffmpeg.ts';
import { outcomeToReport } from '#content/ffmpeg-outcome.ts';
import { sweepIngestWork } from '#content/ingest-clip.ts';
import { eventually } from '../support/eventually.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { createIngestPlace, type IngestPlace } from '../support/ingest-place.ts';
import { writeSpeech } from '../support/speech.ts';

const run = promisify(execFile);
const ONCE = fileURLToPath(new URL('../support/processes/ingest-once.ts', import.meta.url));
const SPEECH_S = 30;
const STARTED_MS = 60_000;

let place: IngestPlace;
let speech = '';

beforeAll(async () => {
  place = await createIngestPlace();
  speech = place.path('speech.wav');
  await writeSpeech(speech, SPEECH_S, 12);
});
afterAll(() => place.remove());

/** Runs the child with a file system of `kilobytes` mounted at `folder`, in a namespace of its own. */
const runOnSmallDisk = async (folder: string, kilobytes: number, args: string[]) => {
  await mkdir(folder, { recursive: true });
  const script = 'mount -t tmpfs -o size="$1" tmpfs "$2" && shift 2 && "$@"; find "$0" -type f';
  const command = [folder, `${kilobytes}k`, folder, process.execPath, ONCE, ...args];
  const { stdout } = await run('unshare', ['-rm', 'sh', '-c', script, ...command]);
  const [json = '', ...names] = stdout.trim().split('\n');
  return { result: JSON.parse(json), names };
};

describe('a full disk is a problem that is named, and nothing is left on it', () => {
  test.each([
    { kilobytes: 40, why: 'the clip does not fit into the work folder' },
    { kilobytes: 640, why: 'it fits there, and its copy not into the store beside it' },
  ])('ingest on $kilobytes kB: $why', async ({ kilobytes }) => {
    const disk = place.path(`disk-${kilobytes}`);
    const args = ['ingest', speech, join(disk, 'work'), join(disk, 'clips')];
    const { result, names } = await runOnSmallDisk(disk, kilobytes, args);
    expect(result).toMatchObject({ ok: false, problem: { code: 'diskFull' } });
    expect(names).toEqual([]);
  });

  test('speech: half a sound file is not taken for a whole one', async () => {
    const disk = place.path('disk-speech');
    const text = 'Kính thưa bà con, đây là bản tin của xã.';
    const { result, names } = await runOnSmallDisk(disk, 40, [
      ...['speak', text, join(disk, 'spoken.wav')],
    ]);
    expect(result).toMatchObject({ ok: false, problem: { code: 'diskFull' } });
    expect(names).toEqual([]);
  });
});

/** Resolves when a file named `name` first appears anywhere below `folder`. */
const appears = async (folder: string, name: string): Promise<void> => {
  for await (const event of watch(folder, { recursive: true })) {
    if (event.filename?.endsWith(name)) return;
  }
};

test('a kill in mid-work leaves no clip, and the next start no trace', async () => {
  const work = place.path('killed-work');
  const clips = place.path('killed-clips');
  await mkdir(work);
  const started = appears(work, 'clip.mp3');
  const child = spawn(process.execPath, [ONCE, 'ingest', speech, work, clips]);
  const ended = new Promise((resolve) => child.on('close', resolve));
  await started;
  child.kill('SIGKILL');
  await ended;
  expect(await readdir(work)).not.toEqual([]);
  await sweepIngestWork(work);
  await createDiskClipStore(clips);
  expect(await readdir(work)).toEqual([]);
  expect(await readdir(clips, { recursive: true })).toEqual(['incoming']);
});

describe('a program that never ends is killed when its time is over', () => {
  test('whatever it is', async () => {
    const clock = createFakeClock(0);
    const bounds = { maxMs: 1000, maxOutputBytes: 1000 };
    const outcome = runBounded(clock, { command: 'sleep', args: ['600'], ...bounds });
    await clock.advance(1000);
    expect(await outcome).toEqual({ kind: 'stopped', bound: 'time' });
  });

  test('or when it says more than it may', async () => {
    const clock = createFakeClock(0);
    const bounds = { maxMs: 1000, maxOutputBytes: 100_000 };
    const outcome = await runBounded(clock, { command: 'yes', args: [], ...bounds });
    expect(outcome).toEqual({ kind: 'stopped', bound: 'output' });
  });

  test('ffmpeg too, on a source that never comes', async () => {
    const pipe = place.path('never.wav');
    await run('mkfifo', [pipe]);
    const clock = createFakeClock(0);
    const outcome = runFfmpeg(clock, {
      sourcePath: pipe,
      demuxer: 'wav',
      filters: 'anull',
      maxOutputMs: 1000,
      maxRunMs: 5000,
      output: null,
    });
    await clock.advance(5000);
    expect(await outcome).toEqual({ kind: 'timedOut' });
  });

  test('ffmpeg that the system ends for want of memory is not taken for a broken file', async () => {
    const pipe = place.path('held.wav');
    await run('mkfifo', [pipe]);
    const outcome = runFfmpeg(createFakeClock(0), {
      ...{ sourcePath: pipe, demuxer: 'wav', filters: 'anull', output: null },
      ...{ maxOutputMs: 1000, maxRunMs: 5000 },
    });
    const running = () => run('pgrep', ['-f', `ffmpeg .*${pipe}`]).catch(() => ({ stdout: '' }));
    const { stdout } = await eventually(running, (found) => found.stdout !== '', STARTED_MS);
    process.kill(Number(stdout), 'SIGKILL');
    const ended = await outcome;
    expect(ended).toEqual({ kind: 'killed' });
    const problem = { code: 'audioToolFailed' };
    expect(outcomeToReport(ended, pipe)).toMatchObject({ ok: false, problem });
  });

  test('a program that is not installed is missing', async () => {
    const bounds = { maxMs: 1000, maxOutputBytes: 1000 };
    const run = { command: 'tieng-lang-no-such-program', args: [], ...bounds };
    expect(await runBounded(createFakeClock(0), run)).toEqual({ kind: 'missing' });
  });
});
