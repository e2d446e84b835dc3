import type { Run } from '#core/playback/choose-run.ts';
import type { EndReason } from '#schemas/records/reasons.ts';
import type { Playback, PlayerEvent } from '../ports/player.ts';
import { type EndedBody, type Sound, soundToEndedBody } from './ended-body.ts';

type Ended = Extract<PlayerEvent, { kind: 'ended' }>;
type Progress = NonNullable<ReturnType<Playback['progress']>>;

/** The records that a run's items become; undefined for an item that the run does not have. */
export interface RunBodies {
  /** As a power cut right after the start would leave it. */
  begun(index: number, fromPosMs: number): EndedBody | undefined;
  /** As a power cut now would leave it. */
  soFar(progress: Progress): EndedBody | undefined;
  /** As it ended; `stopReason` says why it was stopped, if it was. */
  ended(event: Ended, stopReason: EndReason): EndedBody | undefined;
}

/** The bodies of one run at one volume. */
export const createRunBodies = (run: Run, volume: number): RunBodies => {
  const { candidate, segment } = run;
  const bodyOf = (
    index: number,
    sound: Pick<Sound, 'played' | 'audible' | 'outcome' | 'reason' | 'measurement'>,
  ): EndedBody | undefined => {
    const slot = segment.items[index];
    if (slot === undefined) return undefined;
    const skipMs = index === 0 ? segment.skipMs : 0;
    return soundToEndedBody({ candidate, slot, volume, skipMs, ...sound });
  };
  return {
    begun: (index, fromPosMs) => {
      const played = { fromMs: fromPosMs, toMs: fromPosMs };
      const rest = { outcome: 'none', reason: 'powerLoss', measurement: null } as const;
      return bodyOf(index, { played, audible: [], ...rest });
    },
    soFar: ({ index, played, audible }) => {
      const outcome = audible.length === 0 ? 'none' : 'part';
      return bodyOf(index, { played, audible, outcome, reason: 'powerLoss', measurement: null });
    },
    ended: (event, stopReason) => {
      const reason = event.reason === 'stopped' ? stopReason : event.reason;
      return bodyOf(event.index, { ...event, reason });
    },
  };
};
