import type { SpeakerState, SpeakerWatch } from '../ports/speaker-watch.ts';

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
