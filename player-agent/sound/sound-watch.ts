import type { Clock, Timer } from '#runtime/clock.ts';
import type { LevelWindow } from '../ports/player.ts';
import type { MpvIpc } from './mpv-ipc.ts';
import { levelProperty, ownMeanSquare } from './own-level.ts';
import type { SoundSample } from './timeline.ts';

/** How often mpv is asked where its sound is. */
const SAMPLE_EVERY_MS = 200;
/** Sound that has not gone on for so long has failed; it is noticed within one sample more. */
const HANG_MS = 900;
/** A look that comes this much late says that the agent itself was held up, and nothing of mpv. */
const HELD_UP_MS = 200;
/** The item's number and where the output is in it; one answer, so that both belong together. */
const SAMPLE_TEXT = ['playlist-pos', '=audio-pts'].map((name) => `\${${name}}`).join(' ');
const SAMPLE_FORM = /^(\d+) (-?\d+\.\d+)$/;

export interface SoundWatchParts {
  readonly clock: Clock;
  readonly ipc: MpvIpc;
  readonly onSample: (sample: SoundSample) => void;
  readonly onLevel: (window: LevelWindow) => void;
  /** 0 to 100, as mpv has it now. */
  readonly volume: () => number;
  /** When sound has gone on, or would have at the latest. */
  readonly aliveUntilPosMs: () => number;
  readonly onHang: () => void;
}

/** Follows the sound of one playback by asking mpv. */
export interface SoundWatch {
  start(): void;
  /** Asks once more; resolves when the answer, if one came, has been handed on. */
  sample(): Promise<void>;
  stop(): void;
}

const parseSample = (text: unknown): { index: number; itemMs: number } | null => {
  const [, index, seconds] = SAMPLE_FORM.exec(typeof text === 'string' ? text : '') ?? [];
  return seconds === undefined ? null : { index: Number(index), itemMs: Number(seconds) * 1000 };
};

/** mpv's `audio-pts` counts what has left the output, in a gapless list too: PLATFORM.md, sound. */
export const createSoundWatch = (parts: SoundWatchParts): SoundWatch => {
  const { clock, ipc } = parts;
  let timer: Timer | null = null;
  let asking = false;
  const sample = async (): Promise<void> => {
    const fromPosMs = clock.positionMs();
    const answer = await ipc.command('expand-text', SAMPLE_TEXT);
    const seen = answer.ok ? parseSample(answer.value) : null;
    if (seen !== null) parts.onSample({ ...seen, fromPosMs, toPosMs: clock.positionMs() });
  };
  const measure = async (): Promise<void> => {
    const answer = await ipc.command('get_property', levelProperty);
    const meanSquare = answer.ok ? ownMeanSquare(answer.value, parts.volume()) : null;
    const toMs = clock.positionMs();
    if (meanSquare !== null) parts.onLevel({ fromMs: toMs - SAMPLE_EVERY_MS, toMs, meanSquare });
  };
  /** Never two at once: one that is not answered leaves the rest to `HANG_MS`. */
  const ask = async (): Promise<void> => {
    if (asking) return;
    asking = true;
    await Promise.all([sample(), measure()]);
    asking = false;
  };
  let heldUpPosMs = 0;
  const watch = (duePosMs: number) => {
    const nowPosMs = clock.positionMs();
    if (nowPosMs > duePosMs + HELD_UP_MS) heldUpPosMs = nowPosMs;
    if (nowPosMs > Math.max(parts.aliveUntilPosMs(), heldUpPosMs) + HANG_MS) return parts.onHang();
    again(SAMPLE_EVERY_MS);
    void ask();
  };
  const again = (inMs: number) => {
    const duePosMs = clock.positionMs() + inMs;
    timer = clock.at(duePosMs, () => watch(duePosMs));
  };
  return { start: () => again(SAMPLE_EVERY_MS / 2), sample, stop: () => timer?.cancel() };
};
