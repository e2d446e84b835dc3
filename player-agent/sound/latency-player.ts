import type { Clock } from '#runtime/clock.ts';
import type { Interval } from '#schemas/primitives.ts';
import { ok } from '#schemas/result.ts';
import type { Playback, PlaybackRequest, Player, PlayerEvent } from '../ports/player.ts';

const later = ({ fromMs, toMs }: Interval, byMs: number): Interval => ({
  fromMs: fromMs + byMs,
  toMs: toMs + byMs,
});

const eventLater = (event: PlayerEvent, byMs: number): PlayerEvent => {
  if (event.kind === 'audible') return { ...event, fromPosMs: event.fromPosMs + byMs };
  if (event.kind === 'finished') return event;
  const audible = event.audible.map((each) => later(each, byMs));
  return { ...event, played: later(event.played, byMs), audible };
};

type Progress = NonNullable<ReturnType<Playback['progress']>>;

/** What has sounded by now: what is on its way through the device has not. */
const progressLater = (progress: Progress, byMs: number, nowMs: number): Progress => {
  const until = ({ fromMs, toMs }: Interval): Interval => ({ fromMs, toMs: Math.min(toMs, nowMs) });
  const audible = progress.audible
    .map((each) => until(later(each, byMs)))
    .filter(({ fromMs, toMs }) => toMs > fromMs);
  const played = later(progress.played, byMs);
  return {
    ...progress,
    played: { ...played, toMs: Math.max(played.fromMs, until(played).toMs) },
    audible,
  };
};

/**
 * A player in front of a device that lets sound out `latencyMs` after it got it, and does not say so:
 * an amplifier with a delay, Bluetooth, a line over the network. Everything is released so much
 * earlier, and everything that is told of it is told when, and as, it sounds.
 */
export const withLatency = (player: Player, latencyMs: number, clock: Clock): Player => {
  if (latencyMs === 0) return player;
  const prepare = async (request: PlaybackRequest) => {
    const { promise: finished, resolve } = Promise.withResolvers<void>();
    const onEvent = (event: PlayerEvent) => {
      clock.at(clock.positionMs() + latencyMs, () => {
        request.onEvent(eventLater(event, latencyMs));
        if (event.kind === 'finished') resolve();
      });
    };
    const prepared = await player.prepare({ ...request, onEvent });
    if (!prepared.ok) return prepared;
    const playback = prepared.value;
    const late: Playback = {
      ...playback,
      start: (atPosMs) => playback.start(atPosMs - latencyMs),
      progress: () => {
        const progress = playback.progress();
        return progress && progressLater(progress, latencyMs, clock.positionMs());
      },
      stop: async () => {
        await playback.stop();
        await finished;
      },
    };
    return ok(late);
  };
  return { ...player, prepare };
};
