import type { Clock } from '#runtime/clock.ts';
import { ok } from '#schemas/result.ts';
import type { Playback, PlaybackRequest, Player } from '../ports/player.ts';
import type { Capture, CaptureListener } from './capture-level.ts';
import { createHeardEvents } from './heard-events.ts';

export interface HeardPlayerOptions {
  readonly clock: Clock;
  /** Begins to measure what came out, asked once for each playback; null where nothing listens. */
  readonly capture: ((listener: CaptureListener) => Capture) | null;
}

/**
 * The player, but its events carry what was measured: what came out where something listens, else
 * what left the player. They and its progress claim no stretch as audible that was measured silent for
 * at least 5 s in a row while sound left the player; the reason is then `silentSpeaker`. Events come
 * as late as the measurement does: some 0.3 s, and up to 5 s after an item that ended in silence while
 * the next goes on. Where the measurement fails nothing is cut: not measured is not silent.
 * Source: AIRTIME.md, 2.
 */
export const createHeardPlayer = (player: Player, options: HeardPlayerOptions): Player => {
  const prepare = async (request: PlaybackRequest) => {
    const events = createHeardEvents(options.clock, request);
    const listener = { onWindow: events.measured, onEnd: events.unmeasured };
    const capture = options.capture?.(listener);
    if (capture === undefined) events.unmeasured();
    void events.finished.then(() => capture?.stop());
    const measured = { onEvent: events.happened, onLevel: events.expected };
    const prepared = await player.prepare({ ...request, ...measured });
    if (!prepared.ok) {
      capture?.stop();
      return prepared;
    }
    const playback = prepared.value;
    const heard: Playback = {
      ...playback,
      progress: () => events.progress(playback.progress()),
      stop: async () => {
        await playback.stop();
        await events.finished;
      },
    };
    return ok(heard);
  };
  return { ...player, prepare };
};
