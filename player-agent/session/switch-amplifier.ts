import type { Candidate } from '#core/playback/candidates.ts';
import { isQuietDuring } from '#core/playback/quiet-times.ts';
import type { Interval } from '#schemas/primitives.ts';
import type { DirectorPorts } from './director-ports.ts';

/** What the amplifier is switched by; `nowMs` in epoch milliseconds. */
export interface SoundAhead {
  readonly nowMs: number;
  readonly open: readonly Candidate[];
  readonly quiet: readonly Interval[];
  /** A list sounds or is loaded. */
  readonly isBusy: boolean;
}

/**
 * Has the amplifier on while a session is open, and so long before its start that it is warm then; one
 * that was refused, or begins in quiet hours, switches nothing. Waits for no command. The answer is when to look again.
 */
export const switchAmplifier = (
  { nowMs, open, quiet, isBusy }: SoundAhead,
  { amplifier, wasRefused }: Pick<DirectorPorts, 'amplifier' | 'wasRefused'>,
): number => {
  if (amplifier === null) return Number.POSITIVE_INFINITY;
  const isQuiet = (atMs: number) => isQuietDuring(quiet, { fromMs: atMs, toMs: atMs + 1 });
  const ahead = open.filter(
    ({ id, startMs, endMs }) => nowMs < endMs && !wasRefused(id) && !isQuiet(startMs),
  );
  const onMs = ahead.map(({ startMs }) => startMs - amplifier.leadMs);
  amplifier.want(isBusy || onMs.some((ms) => ms <= nowMs));
  return Math.min(Number.POSITIVE_INFINITY, ...onMs.filter((ms) => ms > nowMs));
};
