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

const unheard: SpeakerState = { online: false, presenceMs: null, health: null, healthMs: null };

/**
 * Keeps the last health and presence of each speaker in memory: both are retained at the broker, or
 * said again when the speaker comes back. A health that names another speaker is not taken. Holds
 * one entry for each speaker that signed in. Source: DESIGN.md, contracts, health.
 */
export const createSpeakerWatch = (): SpeakerWatch => {
  const states = new Map<string, SpeakerState>();
  const stateOf = (speaker: string): SpeakerState => states.get(speaker) ?? unheard;
  return {
    stateOf,
    noteHealth: (speaker, health, healthMs) => {
      if (health.speaker !== speaker) return;
      states.set(speaker, { ...stateOf(speaker), health, healthMs });
    },
    notePresence: (speaker, online, presenceMs) => {
      states.set(speaker, { ...stateOf(speaker), online, presenceMs });
    },
  };
};
