import { nowMs } from '../../../shared/clock.ts';
import type { KeptPiece } from './kept-pieces.ts';

/** What is lost at most when the browser dies. */
const PIECE_MS = 2000;
/** Enough that nothing of speech is lost before the server brings it to the format of the air. */
const BITS_PER_S = 128_000;
/** In the order in which they are wished; the server reads all of them. */
const FORMATS = ['audio/webm;codecs=opus', 'audio/ogg;codecs=opus', 'audio/mp4'] as const;

/** One recording while it is made. */
export interface Take {
  readonly startedMs: number;
  /** How long it is by now, without pauses. */
  durationMs(): number;
  pause(): void;
  resume(): void;
  /** Resolves when the last piece has been handed over. */
  stop(): Promise<void>;
}

interface TakeOptions {
  readonly stream: MediaStream;
  readonly onPiece: (piece: KeptPiece) => void;
  /** It ended by itself: the microphone was pulled out. */
  readonly onEnd: () => void;
}

/** Counts what passes while it runs. */
const createStopwatch = () => {
  let passedMs = 0;
  let sinceMs: number | null = null;
  const read = (): number => passedMs + (sinceMs === null ? 0 : nowMs() - sinceMs);
  return {
    read,
    start: () => {
      sinceMs = nowMs();
    },
    halt: () => {
      passedMs = read();
      sinceMs = null;
    },
  };
};

/** Records the stream from now on. */
export const beginTake = ({ stream, onPiece, onEnd }: TakeOptions): Take => {
  const mimeType = FORMATS.find((format) => MediaRecorder.isTypeSupported(format));
  const options = { audioBitsPerSecond: BITS_PER_S, ...(mimeType && { mimeType }) };
  const recorder = new MediaRecorder(stream, options);
  const stopwatch = createStopwatch();
  const startedMs = nowMs();
  recorder.ondataavailable = ({ data: sound }) => {
    if (sound.size > 0) onPiece({ startedMs, durationMs: stopwatch.read(), sound });
  };
  const ended = new Promise<void>((resolve) => {
    recorder.onstop = () => {
      stopwatch.halt();
      resolve();
      onEnd();
    };
  });
  recorder.start(PIECE_MS);
  stopwatch.start();
  return {
    startedMs,
    durationMs: stopwatch.read,
    pause: () => {
      recorder.pause();
      stopwatch.halt();
    },
    resume: () => {
      recorder.resume();
      stopwatch.start();
    },
    stop: () => {
      stopwatch.halt();
      if (recorder.state !== 'inactive') recorder.stop();
      return ended;
    },
  };
};
