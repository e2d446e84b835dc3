import { clipTo, coveredMs, lengthOf } from '#core/airtime/intervals.ts';
import type { Interval } from '#schemas/primitives.ts';
import type { Measurement } from '#schemas/records/log-record.ts';
import type { LevelWindow } from '../ports/player.ts';

/** Below this the output is silent: far under speech, far over the noise of a sound card. */
const SILENT_DBFS = -60;
/**
 * Silence counts from this length on. Speakers pause for breath and between paragraphs, for two or
 * three seconds at most; a loudspeaker that says nothing for longer is not heard.
 */
export const SILENCE_MS = 5_000;
/** What a level of nothing is written as. */
const FLOOR_DBFS = -120;
/** Windows further apart than this have a hole between them that nobody measured. */
const MAX_GAP_MS = 50;
/** An hour of windows of 100 ms; of a longer item the beginning counts as not measured. */
const MAX_WINDOWS = 36_000;

/** What was measured lately, in order. Not measured is not silent. */
export interface LevelHistory {
  add(window: LevelWindow): void;
  /** The end of the last window; 0 before the first. */
  measuredUntilMs(): number;
  /** The stretches of at least 5 s inside `within` that were measured silent from end to end. */
  silences(within: Interval): readonly Interval[];
  /** The silence of any length that lasts until now, as far as it lies after `fromMs`. */
  openSilence(fromMs: number): Interval | null;
  /** The level over `played`, and how much of it lies in `silences`; null when nothing was measured. */
  measure(played: Interval, silences: readonly Interval[]): Measurement | null;
  /** Whether anything was measured inside, and all of it was silent. */
  isSilentDuring(within: Interval): boolean;
  forgetBefore(atMs: number): void;
}

const dbfs = (meanSquare: number): number =>
  Math.max(FLOOR_DBFS, Math.round(100 * Math.log10(meanSquare)) / 10);

const isSilent = ({ meanSquare }: LevelWindow): boolean => dbfs(meanSquare) < SILENT_DBFS;

/** Silent windows that follow each other, as stretches of any length. */
const silentStretches = (windows: readonly LevelWindow[]): Interval[] => {
  const stretches: Interval[] = [];
  let lastToMs = Number.NEGATIVE_INFINITY;
  for (const window of windows.filter(isSilent)) {
    const open = stretches.at(-1);
    const joins = window.fromMs - lastToMs <= MAX_GAP_MS;
    if (open !== undefined && joins) open.toMs = window.toMs;
    else stretches.push({ fromMs: window.fromMs, toMs: window.toMs });
    lastToMs = window.toMs;
  }
  return stretches;
};

/** The measurements of one playback, taken by the method. */
export const createLevelHistory = (method: Measurement['method']): LevelHistory => {
  let windows: LevelWindow[] = [];
  const measuredUntilMs = () => windows.at(-1)?.toMs ?? 0;
  const since = (fromMs: number) => windows.filter((window) => window.toMs > fromMs);
  return {
    add: (window) => {
      windows.push(window);
      if (windows.length > MAX_WINDOWS) windows.shift();
    },
    measuredUntilMs,
    silences: (within) =>
      clipTo(silentStretches(since(within.fromMs)), within).filter(
        (stretch) => lengthOf([stretch]) >= SILENCE_MS,
      ),
    openSilence: (fromMs) => {
      const untilMs = measuredUntilMs();
      const last = clipTo(silentStretches(since(fromMs)), { fromMs, toMs: untilMs }).at(-1);
      return last?.toMs === untilMs ? last : null;
    },
    measure: (played, silences) => {
      const measured = since(played.fromMs).filter((window) => window.fromMs < played.toMs);
      if (measured.length === 0) return null;
      const sum = measured.reduce((total, window) => total + window.meanSquare, 0);
      const rmsDbfs = dbfs(sum / measured.length);
      return { method, rmsDbfs, silentMs: Math.round(coveredMs(silences, played)) };
    },
    isSilentDuring: (within) => {
      const inside = since(within.fromMs).filter(({ fromMs }) => fromMs < within.toMs);
      return inside.length > 0 && inside.every(isSilent);
    },
    forgetBefore: (atMs) => {
      windows = since(atMs);
    },
  };
};
