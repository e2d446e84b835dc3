import type { Clock } from '#runtime/clock.ts';
import { ok } from '#schemas/result.ts';
import type { Playback, PlaybackRequest, Player } from '../ports/player.ts';
import type { Capture, CaptureListener } from './capture-level.ts';
import { createHeardEvents } from './heard-events.ts';

export interface HeardPlayerOptions {
  readonly clock: Clock;
  /** Begins to measure; asked once for each playback. */
  readonly capture: (listener: CaptureListener) => Capture;
}

/**
 * The player, but its events and progress claim no stretch as audible that was measured silent for
 * at least 5 s in a row; the reason is then `silentSpeaker`. Events come as late as the measurement
 * does: some 0.3 s, and up to 5 s after an item that ended in silence while the next goes on. Where
 * the measurement fails nothing is cut: not measured is not silent. Source: AIRTIME.md, 2.
 */
export const createHeardPlayer = (player: Player, options: HeardPlayerOptions): Player => {
  const prepare = async (request: PlaybackRequest) => {
    const events = createHeardEvents(options.clock, request.onEvent);
    const capture = options.capture({ onWindow: events.measured, onEnd: events.unmeasured });
    void events.finished.then(() => capture.stop());
    const prepared = await player.prepare({ ...request, onEvent: events.happened });
    if (!prepared.ok) {
      capture.stop();
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
