import type { Interval } from '#schemas/primitives.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import type { Measurement } from '#schemas/records/log-record.ts';
import type { Result } from '#schemas/result.ts';

/** A verified clip on the speaker's own disk; `durationMs` is its exact length. */
export interface PlayerItem {
  readonly path: string;
  readonly durationMs: number;
}

/**
 * What happened in a playback. `index` counts the items handed in. All positions are of the agent's
 * clock and mean the sound at the output, not the player's own events. `ended` comes once for each
 * item that was reached, in order, and says what could be heard of it; `finished` is the last event,
 * also after `stop` and after a failure.
 */
export type PlayerEvent =
  | { readonly kind: 'audible'; readonly index: number; readonly fromPosMs: number }
  | {
      readonly kind: 'ended';
      readonly index: number;
      readonly played: Interval;
      readonly audible: readonly Interval[];
      readonly outcome: 'whole' | 'part' | 'none';
      readonly reason: 'stopped' | 'playerFailed' | 'silentSpeaker' | null;
      readonly measurement: Measurement | null;
    }
  | { readonly kind: 'finished' };

/** The mean square of the sound, 1 for full scale, over `[fromMs, toMs)` in positions of the clock. */
export interface LevelWindow extends Interval {
  readonly meanSquare: number;
}

/** A list of items that is loaded and waits, or sounds. */
export interface Playback {
  /** Lets the first sample out when the clock reaches the position; at once when it is past. */
  start(atPosMs: number): void;
  /** What has sounded of the current item so far, for a checkpoint; null before and after. */
  progress(): {
    readonly index: number;
    readonly played: Interval;
    readonly audible: readonly Interval[];
  } | null;
  /** Changes the volume, 0 to 100, from now on. */
  setVolume(volume: number): Promise<void>;
  /** Silence at once; resolves after `finished`. */
  stop(): Promise<void>;
}

export interface PlaybackRequest {
  readonly items: readonly PlayerItem[];
  /** 0 to 100. */
  readonly volume: number;
  /** How far into the first item to begin, in milliseconds; its record counts from there. */
  readonly skipMs: number;
  /** The volume is reached by and by over so long from the first sample on, in milliseconds. */
  readonly softStartMs?: number;
  readonly onEvent: (event: PlayerEvent) => void;
  /** What cannot wait, as an emergency: also a player that was given up is tried once more. */
  readonly isUrgent?: boolean;
  /** Aborted, it is not loaded any further: `prepare` is refused, unless it is done. */
  readonly signal?: AbortSignal;
  /** How loud it is at the player's own output, some ten times a second. */
  readonly onLevel?: (window: LevelWindow) => void;
  /** For some seconds nothing was heard of what left the player, or it is heard again. */
  readonly onSilence?: (isSilent: boolean) => void;
}

/** Where sound leaves the speaker. */
export interface PlayerOutput {
  readonly driver: 'system' | 'null';
  readonly device: string | null;
  /** The device that was set, or the sound server, is not there: sound goes elsewhere. */
  readonly isFallback: boolean;
  readonly version: string;
}

/** The sound card's side of the agent. One playback at a time. */
export interface Player {
  /** Loads the items paused; ask at least a second before the start. */
  prepare(request: PlaybackRequest): Promise<Result<Playback, ProblemOf<'audioToolFailed'>>>;
  output(): PlayerOutput;
  close(): Promise<void>;
}
