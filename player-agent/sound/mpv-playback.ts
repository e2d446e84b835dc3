import type { Clock, Timer } from '#runtime/clock.ts';
import type { Logger } from '#runtime/logger.ts';
import type { Playback, PlaybackRequest, PlayerEvent } from '../ports/player.ts';
import type { MpvEvent, MpvIpc } from './mpv-ipc.ts';
import { createPlaybackOutlet } from './playback-outlet.ts';
import type { ReleaseLead } from './release-lead.ts';
import { type SoftStart, softVolume, startSoftly } from './soft-start.ts';
import { createSounding, type Sounding } from './sounding.ts';
import { createTimeline, type Timeline } from './timeline.ts';

/** Turned up again, sound is heard after at most the player's and the sound server's buffers. */
const BUFFERS_MS = 500;
/** The first sample follows its release by 1 ms, and by some more where other speakers begin too. */
const RELEASE_COST_MS = 2;

/** What follows a release lets the sound out first, here and at other speakers of the machine. */
const FOLLOW_AFTER_MS = 30;

export interface MpvPlaybackParts {
  readonly clock: Clock;
  readonly log: Logger;
  readonly ipc: MpvIpc;
  readonly request: PlaybackRequest;
  readonly lead: ReleaseLead;
  /** Ends a mpv that cannot be trusted to be silent. */
  readonly kill: () => void;
  readonly onFinished: () => void;
}

/** A playback, and its ear for what mpv says. */
export interface MpvPlayback extends Playback {
  hear(event: MpvEvent): void;
}

/** A list that mpv holds paused, until it is released. */
export const createMpvPlayback = (parts: MpvPlaybackParts): MpvPlayback => {
  const { clock, ipc, request } = parts;
  let releasedPosMs = 0;
  const onEvent = (event: PlayerEvent) => {
    const isFirst = event.kind === 'audible' && event.index === 0;
    if (isFirst) parts.lead.learn(event.fromPosMs - releasedPosMs);
    request.onEvent(event);
  };
  const outlet = createPlaybackOutlet(onEvent, () => {
    soft?.stop();
    parts.onFinished();
  });
  let timer: Timer | null = null;
  let answered: ReturnType<MpvIpc['command']> | null = null;
  let timeline: Timeline | null = null;
  let sounding: Sounding | null = null;
  const { softStartMs = 0 } = request;
  let soft: SoftStart | null = null;
  let volume = softVolume(request.volume, 0, softStartMs);

  const setVolume = async (next: number): Promise<void> => {
    volume = next;
    if (next === 0) timeline?.silence(true, clock.positionMs());
    await ipc.command('set_property', 'volume', next);
    if (volume > 0) timeline?.silence(false, clock.positionMs() + BUFFERS_MS);
  };
  const release = (): void => {
    if (outlet.isOver()) return;
    releasedPosMs = clock.positionMs();
    answered = ipc.command('set_property', 'pause', false);
    timer = clock.at(releasedPosMs + FOLLOW_AFTER_MS, follow);
  };
  /** Follows what was released; once, and not before. */
  const follow = (): void => {
    if (answered === null || sounding !== null || outlet.isOver()) return;
    const releasePosMs = releasedPosMs;
    const durationsMs = request.items.map((item) => item.durationMs);
    const { skipMs } = request;
    timeline = createTimeline({ durationsMs, skipMs, silenced: volume === 0, releasePosMs });
    const itemCount = request.items.length;
    soft = startSoftly(clock, releasePosMs, {
      softMs: softStartMs,
      volume: request.volume,
      set: (next) => void setVolume(next),
    });
    const onLevel = request.onLevel ?? (() => undefined);
    const level = { onLevel, volume: () => volume };
    const followed = createSounding({ ...parts, ...level, outlet, timeline, itemCount });
    sounding = followed;
    void answered.then((answer) => {
      if (!answer.ok) followed.fail(answer.problem.detail);
    });
  };
  return {
    start: (atPosMs) => {
      timer?.cancel();
      const leadMs = Math.max(RELEASE_COST_MS, parts.lead.leadMs());
      timer = clock.at(atPosMs - leadMs, release, 'exact');
    },
    progress: () => (outlet.isOver() ? null : (timeline?.progress() ?? null)),
    setVolume: (next) => {
      follow();
      soft?.stop();
      return setVolume(next);
    },
    stop: async () => {
      timer?.cancel();
      follow();
      if (sounding !== null) await sounding.stop();
      else {
        outlet.finish([]);
        await ipc.command('stop');
      }
      await outlet.finished;
    },
    hear: (event) => {
      follow();
      if (sounding !== null) sounding.hear(event);
      else if (event.event === 'exited') outlet.finish([]);
    },
  };
};
