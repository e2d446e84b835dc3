import type { Health } from '#schemas/health.ts';

/** What a speaker last said of itself, and when the server heard it, in epoch milliseconds. */
export interface SpeakerState {
  readonly online: boolean;
  readonly presenceMs: number | null;
  readonly health: Health | null;
  readonly healthMs: number | null;
}

/** The speakers as they last reported themselves. */
export interface SpeakerWatch {
  noteHealth(speaker: string, health: Health, atMs: number): void;
  notePresence(speaker: string, online: boolean, atMs: number): void;
  /** Of a speaker that has not been heard since the start: offline, and nothing known. */
  stateOf(speaker: string): SpeakerState;
}
