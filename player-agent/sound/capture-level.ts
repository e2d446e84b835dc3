import { spawn } from 'node:child_process';
import type { Clock } from '#runtime/clock.ts';
import type { Logger } from '#runtime/logger.ts';
import type { LevelWindow } from '../ports/player.ts';
import { createLevelMeter } from './level-meter.ts';

const RATE = 8_000;
/** How much sound the sound server may hold back before it hands it over. */
const LATENCY_MS = 100;

/** A configured capture source: `pulse:` and the name of a PulseAudio source. */
export const CAPTURE_SOURCE = /^pulse:(\S+)$/;

export interface CaptureOptions {
  readonly clock: Clock;
  readonly log: Logger;
  readonly env: NodeJS.ProcessEnv;
  /** In the form of `CAPTURE_SOURCE`: a sink's monitor, or a microphone near the loudspeaker. */
  readonly source: string;
}

/** A measurement that runs; `onEnd` comes once when it has ended by itself. */
export interface Capture {
  stop(): void;
}

export interface CaptureListener {
  readonly onWindow: (window: LevelWindow) => void;
  readonly onEnd: () => void;
}

/**
 * Measures the level of a source in windows of 100 ms until it is stopped. Nothing is kept: a piece
 * of sound is a sum as soon as it is read. It ends by itself when the source or its program dies.
 */
export const startCapture = (options: CaptureOptions, listener: CaptureListener): Capture => {
  const { clock, log, env } = options;
  const [, source = ''] = CAPTURE_SOURCE.exec(options.source) ?? [];
  const format = ['--raw', '--format=s16le', '--channels=1', `--rate=${RATE}`];
  const place = [`--device=${source}`, `--latency-msec=${LATENCY_MS}`, '--client-name=tieng-lang'];
  const parec = spawn('parec', [...place, ...format], {
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const meter = createLevelMeter(RATE, listener.onWindow);
  let stopped = false;
  const ended = (why: string) => {
    if (stopped) return;
    stopped = true;
    log.warn({ event: 'captureEnded', source: options.source, why });
    listener.onEnd();
  };
  parec.stdout.on('data', (piece: Buffer) => {
    if (!stopped) meter.add(piece, clock.positionMs());
  });
  parec.on('error', (error) => ended(error.message));
  parec.on('close', (code) => ended(`exit ${code}`));
  return {
    stop: () => {
      stopped = true;
      parec.kill('SIGTERM');
    },
  };
};
