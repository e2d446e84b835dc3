import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { openSound } from '#player-agent/sound/open-sound.ts';
import { systemClock } from '#runtime/clock.ts';
import { createLogger } from '#runtime/logger.ts';
import { playlistOf, sessionOf } from '../player-agent/support/station.ts';
import { heardClips } from '../support/heard.ts';
import { type NightSpeaker, startNightSpeaker } from '../support/night-speaker.ts';
import { startPulse } from '../support/pulse.ts';
import { monoMs, type Recorded, recordSink } from '../support/sink-recording.ts';
import { makeWithFfmpeg, writeSpeech } from '../support/speech.ts';
import { type Figure, median } from './figure.ts';

const EMERGENCIES = 20;
const CLIP_S = 1;
/** Between two sounds, so that the recording tells them apart. */
const BETWEEN_MS = 700;
/** A sound later than this after a publish belongs to another one. */
const REACH_MS = 2_000;
/** In the site's quiet hours. */
const NIGHT = Date.parse('2026-11-23T02:00:00+07:00');

/** Publishes an emergency and waits for its record; the instant of the machine's monotonic clock. */
const soundOnce = async (speaker: NightSpeaker, alert: string): Promise<number> => {
  const atMs = monoMs();
  const { id } = speaker.station.alarm({ playlist: alert, repeats: 1 });
  await speaker.record((record) => record.kind === 'ended' && record.emergency === id);
  return atMs;
};

/** How long after each instant the clip was heard first. */
const delaysOf = async (recorded: Recorded, path: string, instants: readonly number[]) => {
  const heard = await heardClips(recorded, { clip: path });
  const soundedMs = heard.map(({ fromMs, clipFromMs }) => recorded.monoMsAt(fromMs - clipFromMs));
  return instants.map((atMs) => {
    const delays = soundedMs.map((ms) => ms - atMs).filter((ms) => ms > 0 && ms < REACH_MS);
    if (delays.length === 0) throw new Error('An emergency was not heard');
    return Math.min(...delays);
  });
};

const worstOfTwenty = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1] ?? Number.NaN;

const figureOf = (what: string, value: number, raw: number): Figure => ({
  figure: `an emergency's publish to its first sample on the sink, ${what}`,
  value,
  raw,
  unit: 'ms',
  rawWhat: 'mpv alone: told to load the clip and to sound',
  ratio: value / raw,
});

/** mpv and nothing else: idle, told to load the clip and to sound at once. */
const startBareMpv = (env: NodeJS.ProcessEnv, path: string) => {
  const quiet = ['--idle', '--no-video', '--no-config', '--no-terminal', '--ao=pulse'];
  const mpv = spawn('mpv', [...quiet, '--input-ipc-client=fd://3'], {
    env,
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const ipc = mpv.stdio[3];
  if (!(ipc instanceof Duplex)) throw new Error('mpv has no connection');
  ipc.resume();
  return {
    soundOnce: async (): Promise<number> => {
      const atMs = monoMs();
      ipc.write(`${JSON.stringify({ command: ['loadfile', path] })}\n`);
      await sleep(CLIP_S * 1000 + BETWEEN_MS);
      return atMs;
    },
    stop: () => ipc.end(),
  };
};

/** The time from an emergency's publish to its first sample, taking turns with mpv alone. */
export async function* figures(): AsyncGenerator<Figure> {
  const folder = await mkdtemp(join(tmpdir(), 'tieng-lang-bench-'));
  const pulse = await startPulse();
  try {
    const env = { ...process.env, ...pulse.env };
    const clock = systemClock();
    const log = createLogger('bench', 'silent');
    const unset = { ao: 'pulse', device: null, mpvPath: null, capture: null, latencyMs: 0 };
    const opened = await openSound({ clock, log, env, pipeName: 'bench', ...unset });
    if (!opened.ok) throw new Error(opened.problem.code);
    await writeSpeech(join(folder, 'clip.wav'), CLIP_S);
    const path = join(folder, 'clip.mp3');
    await makeWithFfmpeg('-i', join(folder, 'clip.wav'), '-ar', '48000', '-b:a', '96k', path);
    let alert = '';
    const speaker = await startNightSpeaker({
      ...{ clock, player: opened.value, folder: join(folder, 'agent'), wallMs: NIGHT },
      items: [{ path, durationMs: CLIP_S * 1000 }],
      prepare: (station, clips) => {
        alert = station.plan(playlistOf(null, [sessionOf(null, clips)]));
        station.limit({ alerts: [alert] });
        station.point({});
      },
    });
    await speaker.record(({ kind }) => kind === 'clock');
    const recording = await recordSink(pulse, join(folder, 'sink.raw'));
    const bare = startBareMpv(env, path);
    await sleep(BETWEEN_MS);
    const told: { ours: number; bare: number }[] = [];
    while (told.length < EMERGENCIES) {
      const ours = await soundOnce(speaker, alert);
      await sleep(BETWEEN_MS);
      told.push({ ours, bare: await bare.soundOnce() });
    }
    bare.stop();
    await speaker.stop();
    const recorded = await recording.stop();
    const instants = { ours: told.map(({ ours }) => ours), bare: told.map((one) => one.bare) };
    const value = await delaysOf(recorded, path, instants.ours);
    const raw = await delaysOf(recorded, path, instants.bare);
    yield figureOf('median', median(value), median(raw));
    yield figureOf('95 of 100', worstOfTwenty(value), worstOfTwenty(raw));
  } finally {
    await pulse.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
