import type { Clock, Timer } from '#runtime/clock.ts';
import type { Logger } from '#runtime/logger.ts';
import type { LevelWindow } from '../ports/player.ts';
import type { MpvEvent, MpvIpc } from './mpv-ipc.ts';
import type { PlaybackOutlet } from './playback-outlet.ts';
import { createSoundWatch } from './sound-watch.ts';
import type { Timeline } from './timeline.ts';

/** mpv is idle some milliseconds before the last sample is heard; a real end is no farther off. */
const IDLE_EARLY_MS = 100;
/** An output that was asleep may take so long until the first sample leaves it. */
const WAKING_MS = 2_000;

export interface SoundingParts {
  readonly clock: Clock;
  readonly log: Logger;
  readonly ipc: MpvIpc;
  readonly outlet: PlaybackOutlet;
  readonly timeline: Timeline;
  readonly itemCount: number;
  readonly onLevel: (window: LevelWindow) => void;
  readonly volume: () => number;
  /** Ends a mpv that cannot be trusted to be silent. */
  readonly kill: () => void;
}

/** A playback from its release to its end. */
export interface Sounding {
  hear(event: MpvEvent): void;
  fail(why: string): void;
  /** Silence; resolves when mpv has answered. What mpv drains already is let out. */
  stop(): Promise<void>;
}

/** Follows what was just released until it has ended, was stopped or has failed. */
export const createSounding = (parts: SoundingParts): Sounding => {
  const { clock, log, ipc, outlet, timeline } = parts;
  let filesEnded = 0;
  let draining = false;
  let stopping = false;
  let timer: Timer | null = null;
  const awakePosMs = clock.positionMs() + WAKING_MS;

  const fail = (why: string) => {
    watch.stop();
    timer?.cancel();
    if (outlet.isOver()) return;
    log.warn({ event: 'playerFailed', why });
    outlet.finish(timeline.cut('playerFailed'));
    parts.kill();
  };
  const watch = createSoundWatch({
    clock,
    ipc,
    onLevel: parts.onLevel,
    volume: parts.volume,
    onSample: (sample) => outlet.emit(timeline.observe(sample)),
    aliveUntilPosMs: () =>
      draining ? timeline.endPosMs() : Math.max(timeline.progressPosMs(), awakePosMs),
    onHang: () => fail('noProgress'),
  });
  const fileEnded = ({ reason, error }: MpvEvent) => {
    if (reason === 'error') {
      log.warn({ event: 'itemFailed', index: filesEnded, error });
      timeline.failed(filesEnded);
    }
    filesEnded += 1;
    draining = filesEnded === parts.itemCount && reason === 'eof';
  };
  const ranEmpty = () => {
    const atPosMs = clock.positionMs();
    const endPosMs = Math.min(timeline.endPosMs(), atPosMs + IDLE_EARLY_MS);
    watch.stop();
    timer = clock.at(endPosMs, () => outlet.finish(timeline.drained(atPosMs)));
  };
  watch.start();
  return {
    hear: (event) => {
      if (event.event === 'exited') fail(event.event);
      if (stopping || outlet.isOver()) return;
      if (event.event === 'end-file') fileEnded(event);
      if (event.event === 'idle') ranEmpty();
    },
    fail,
    stop: async () => {
      if (outlet.isOver() || draining || stopping) return;
      stopping = true;
      watch.stop();
      const seen = watch.sample();
      const stopped = ipc.command('stop');
      await seen;
      outlet.finish(timeline.cut('stopped'));
      const answer = await stopped;
      if (!answer.ok) parts.kill();
    },
  };
};
