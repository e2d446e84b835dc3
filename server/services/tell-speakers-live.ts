import type { LiveEvent } from '#schemas/live-event.ts';
import type { LiveFeed } from '../ports/live-feed.ts';
import type { SpeakerState, SpeakerWatch } from '../ports/speaker-watch.ts';

const stateToEvent = (speaker: string, state: SpeakerState, atMs: number): LiveEvent => ({
  kind: 'speakerHeard',
  speaker,
  online: state.online,
  atMs: Math.floor(atMs),
  playing: state.online ? (state.health?.playing ?? null) : null,
  waitingUntilMs: state.health?.waitingUntilMs ?? null,
});

/** What a screen shows of a speaker: only a change of it is told. */
const shown = ({ online, health }: SpeakerState): string =>
  JSON.stringify([
    online,
    health?.playing,
    health?.waitingUntilMs,
    health?.makeGoods,
    health?.lastBroadcast,
    health?.lastRefusal,
    health?.isSilent,
    health?.clock.source,
    health?.cache,
  ]);

/**
 * A watch that tells open screens when a speaker comes, goes, plays or stops; a health that says the
 * same as the one before is not told, so that thousands of speakers may report every minute.
 */
export const tellSpeakersLive = (
  watch: SpeakerWatch,
  live: Pick<LiveFeed, 'publish'>,
): SpeakerWatch => {
  const tellIfChanged = (speaker: string, atMs: number, note: () => void): void => {
    const before = shown(watch.stateOf(speaker));
    note();
    const state = watch.stateOf(speaker);
    if (shown(state) !== before) live.publish([stateToEvent(speaker, state, atMs)]);
  };
  return {
    stateOf: watch.stateOf,
    noteHealth: (speaker, health, atMs) =>
      tellIfChanged(speaker, atMs, () => watch.noteHealth(speaker, health, atMs)),
    notePresence: (speaker, online, atMs) =>
      tellIfChanged(speaker, atMs, () => watch.notePresence(speaker, online, atMs)),
  };
};
