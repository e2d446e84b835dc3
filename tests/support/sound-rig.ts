import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';
import type { Playback, Player, PlayerEvent, PlayerItem } from '#player-agent/ports/player.ts';
import { openSound, type SoundOptions } from '#player-agent/sound/open-sound.ts';
import { type Clock, systemClock } from '#runtime/clock.ts';
import { createLogger } from '#runtime/logger.ts';
import type { Interval } from '#schemas/primitives.ts';
import { type Heard, heardClips, soundSpans } from './heard.ts';
import { type PulseServer, startPulse } from './pulse.ts';
import { monoMs, type Recorded, recordSink } from './sink-recording.ts';
import { makeWithFfmpeg, writeSpeech } from './speech.ts';
import { temporaryFolder } from './temporary-folder.ts';

const run = promisify(execFile);
/** So many sentences lie between two clips that they have none in common. */
const SENTENCES_APART = 8;
/** What the agent gives mpv to open the first item and the output. */
const AHEAD_MS = 1_000;

/** Pauses of a speaker do not part what sounds. */
const MAX_PAUSE_MS = 1_000;

/** Clips of real speech in the clip format, by name: `clip0`, `clip1` and so on. */
export interface SpeechClips {
  readonly paths: Readonly<Record<string, string>>;
  readonly items: readonly PlayerItem[];
}

/** Makes one clip of speech for each length, all different. */
export const makeSpeechClips = async (folder: string, seconds: number[]): Promise<SpeechClips> => {
  const paths: Record<string, string> = {};
  const items: PlayerItem[] = [];
  for (const [index, length] of seconds.entries()) {
    const wav = join(folder, `clip${index}.wav`);
    const path = join(folder, `clip${index}.mp3`);
    await writeSpeech(wav, length, index * SENTENCES_APART);
    await makeWithFfmpeg('-i', wav, '-ac', '1', '-ar', '48000', '-b:a', '96k', path);
    paths[`clip${index}`] = path;
    items.push({ path, durationMs: length * 1000 });
  }
  return { paths, items };
};

/** A player as the agent opens it; it is closed when the test has finished. */
export const openTestPlayer = async (
  clock: Clock,
  options: Partial<SoundOptions>,
): Promise<Player> => {
  const unset = {
    ao: null,
    device: null,
    mpvPath: null,
    capture: null,
    latencyMs: 0,
    env: process.env,
  };
  const log = createLogger('test', 'silent');
  const opened = await openSound({ clock, log, ...unset, pipeName: 'tieng-lang-test', ...options });
  if (!opened.ok) throw new Error(JSON.stringify(opened.problem));
  onTestFinished(() => opened.value.close());
  return opened.value;
};

export interface Prepared {
  readonly playback: Playback;
  readonly events: readonly PlayerEvent[];
  /** When it was told that nothing is heard, or that it is heard again. */
  readonly silences: readonly { readonly isSilent: boolean; readonly atMs: number }[];
  readonly finished: Promise<void>;
  /** Starts the sound when mpv has had its time, and says at which position. */
  start(): number;
}

/** Prepares a list and gathers its events. */
export const prepareList = async (
  clock: Clock,
  player: Player,
  list: { readonly items: readonly PlayerItem[]; readonly skipMs?: number },
): Promise<Prepared> => {
  const events: PlayerEvent[] = [];
  const { promise: finished, resolve } = Promise.withResolvers<void>();
  const onEvent = (event: PlayerEvent) => {
    events.push(event);
    if (event.kind === 'finished') resolve();
  };
  const silences: { isSilent: boolean; atMs: number }[] = [];
  const onSilence = (isSilent: boolean) => {
    silences.push({ isSilent, atMs: clock.positionMs() });
  };
  const skipMs = list.skipMs ?? 0;
  const request = { items: list.items, volume: 100, skipMs, onEvent, onSilence };
  const prepared = await player.prepare(request);
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.problem));
  const start = () => {
    const atPosMs = clock.positionMs() + AHEAD_MS;
    prepared.value.start(atPosMs);
    return atPosMs;
  };
  return { playback: prepared.value, events, silences, finished, start };
};

/** What happened to each item that was reached. */
export const endings = (events: readonly PlayerEvent[]) =>
  events.filter((event) => event.kind === 'ended');

/** A sink that is recorded, a clock, and speech to play. */
export interface SoundRig {
  readonly clock: Clock;
  readonly pulse: PulseServer;
  readonly env: NodeJS.ProcessEnv;
  readonly folder: string;
  readonly clips: SpeechClips;
  /** Ends the recording: which clip was heard where, in positions of the clock. */
  heard(): Promise<Heard[]>;
  /** Ends the recording: where anything sounded at all, in positions of the clock. */
  sounds(): Promise<Interval[]>;
}

/** A private sound server that is being recorded; it is gone when the test has finished. */
export const createSoundRig = async (seconds: number[]): Promise<SoundRig> => {
  const folder = await temporaryFolder();
  const clips = await makeSpeechClips(folder, seconds);
  const pulse = await startPulse();
  onTestFinished(pulse.stop);
  const clock = systemClock();
  const originMs = monoMs() - clock.positionMs();
  const recording = await recordSink(pulse, join(folder, 'sink.raw'));
  let recorded: Promise<Recorded> | null = null;
  const inPositions = async <T extends Interval>(find: (of: Recorded) => Promise<T[]>) => {
    recorded ??= recording.stop();
    const whole = await recorded;
    const posMs = (recordedMs: number) => whole.monoMsAt(recordedMs) - originMs;
    const found = await find(whole);
    return found.map((one) => ({ ...one, fromMs: posMs(one.fromMs), toMs: posMs(one.toMs) }));
  };
  return {
    clock,
    pulse,
    env: { ...process.env, ...pulse.env },
    folder,
    clips,
    heard: () => inPositions((whole) => heardClips(whole, clips.paths)),
    sounds: () => inPositions((whole) => soundSpans(whole, MAX_PAUSE_MS)),
  };
};

/** The one mpv that this process has started. */
export const mpvPid = async (): Promise<number> => {
  const { stdout } = await run('pgrep', ['-P', String(process.pid), '-x', 'mpv']);
  return Number(stdout.trim());
};
