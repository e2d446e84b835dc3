import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { PulseServer } from './pulse.ts';

export const RECORDING_RATE = 48_000;
/** Stamps this far around a sample say when it sounded: latency varies, the least of it is true. */
const STAMP_REACH_MS = 5_000;
/**
 * The sink renders so much at a time, at the instant of its first sample. What arrives ends with such
 * a block: a piece may be several that came late together, or the rest of one that the sink rendered
 * anew because a stream has begun or stopped. Source: PulseAudio 16, module-null-sink.c.
 */
const BLOCK_MS = 10;

/** When a piece of the recording arrived, the `samples` of which end with it. */
interface Stamp {
  readonly samples: number;
  readonly monoMs: number;
  readonly wallMs: number;
}

/** A finished recording of a sink: s16le mono at `RECORDING_RATE` in a file, dated to a millisecond. */
export interface Recorded {
  readonly path: string;
  readonly durationMs: number;
  /** The machine's monotonic clock, as `monoMs` reads it, at a time of the recording. */
  monoMsAt(recordingMs: number): number;
  /** The machine's wall clock at a time of the recording. */
  wallMsAt(recordingMs: number): number;
}

export interface SinkRecording {
  stop(): Promise<Recorded>;
}

/** The machine's monotonic clock in milliseconds, the same in every process. */
export const monoMs = (): number => Number(process.hrtime.bigint()) / 1e6;

/** Where in the recording the last block of the piece begins. */
const stampMs = (stamp: Stamp): number => (stamp.samples * 1000) / RECORDING_RATE - BLOCK_MS;

/** What a clock showed at the recording's beginning, judged by the stamps near `recordingMs`. */
const originNear = (stamps: readonly Stamp[], recordingMs: number, key: 'monoMs' | 'wallMs') => {
  const near = stamps.filter((stamp) => Math.abs(stampMs(stamp) - recordingMs) < STAMP_REACH_MS);
  const origins = (near.length > 0 ? near : stamps).map((stamp) => stamp[key] - stampMs(stamp));
  return origins.reduce((least, origin) => Math.min(least, origin), Number.POSITIVE_INFINITY);
};

const finish = async (recorder: ChildProcess, stamps: readonly Stamp[], path: string) => {
  recorder.stdin?.end();
  const [code] = await once(recorder, 'close');
  if (code !== 0) throw new Error(`the recording of the sink failed: ${code}`);
  return {
    path,
    durationMs: ((await stat(path)).size * 1000) / (2 * RECORDING_RATE),
    monoMsAt: (ms: number) => ms + originNear(stamps, ms, 'monoMs'),
    wallMsAt: (ms: number) => ms + originNear(stamps, ms, 'wallMs'),
  };
};

/**
 * Records the sink's monitor into `path` by a process of its own, so that a busy test shifts no
 * stamp; resolves when the first samples have arrived.
 */
export const recordSink = async (pulse: PulseServer, path: string): Promise<SinkRecording> => {
  const format = [`${RECORDING_RATE}`, `${BLOCK_MS}`];
  const program = fileURLToPath(new URL('./processes/sink-recorder.ts', import.meta.url));
  const recorder = spawn(process.execPath, [program, pulse.monitor, path, ...format], {
    env: { ...process.env, ...pulse.env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const stamps: Stamp[] = [];
  const lines = createInterface({ input: recorder.stdout });
  lines.on('line', (line) => stamps.push(JSON.parse(line)));
  await Promise.race([
    once(lines, 'line'),
    once(recorder, 'close').then(() => Promise.reject(new Error('nothing could be recorded'))),
  ]);
  return { stop: () => finish(recorder, stamps, path) };
};
