import type { Candidate } from '#core/playback/candidates.ts';
import type { Clock } from '#runtime/clock.ts';
import type { Performer } from './performer.ts';

/** Hashing an hour of sound from a slow card and loading it takes a fraction of this, in milliseconds. */
const MAX_SILENT_MS = 120_000;

/** Watches that a list which was taken up is heard. */
export interface HeardWatch {
  /** Sees what was taken up and does not sound. */
  look(): void;
  /** A list was taken up, and there is no sound for longer than loading ever takes. */
  isStuck(): boolean;
}

/** A watch over one list at a time. */
export const createHeardWatch = (
  clock: Clock,
  performer: Pick<Performer, 'candidate' | 'current' | 'playing'>,
): HeardWatch => {
  let since: { readonly list: Candidate; readonly posMs: number } | null = null;
  const silent = () => (performer.playing() === null ? performer.candidate() : null);
  return {
    look: () => {
      const list = silent();
      if (list === null) since = null;
      else if (since?.list !== list) since = { list, posMs: clock.positionMs() };
    },
    isStuck: () => {
      if (since === null || since.list !== silent()) return false;
      // What is loaded may wait for its time, and for the amplifier.
      const duePosMs = performer.current()?.fromPosMs ?? since.posMs;
      return clock.positionMs() - Math.max(since.posMs, duePosMs) > MAX_SILENT_MS;
    },
  };
};
