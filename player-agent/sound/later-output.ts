import { ok, type Result } from '#schemas/result.ts';
import type { PlaybackRequest, Player } from '../ports/player.ts';
import { type ChosenOutput, isBetterOutput, mayBeBettered } from './output-device.ts';

export interface LaterOutputOptions<E> {
  readonly choose: () => Promise<ChosenOutput>;
  readonly open: (output: ChosenOutput) => Promise<Result<Player, E>>;
}

/**
 * A player that looks for a better output before each list: a sound server may start after the
 * agent, and a card may be plugged in. It goes over to it once that is open, and closes what it had.
 * Nothing is looked for while something plays.
 */
export const openLaterOutput = async <E>(
  options: LaterOutputOptions<E>,
): Promise<Result<Player, E>> => {
  let chosen = await options.choose();
  const first = await options.open(chosen);
  if (!first.ok) return first;
  let current = first.value;
  let busy = false;
  const lookAgain = async (): Promise<void> => {
    if (!mayBeBettered(chosen)) return;
    const found = await options.choose();
    if (!isBetterOutput(found, chosen)) return;
    const opened = await options.open(found);
    if (!opened.ok) return;
    const last = current;
    chosen = found;
    current = opened.value;
    // What hangs in its device is waited for by nobody.
    last.close().catch(() => undefined);
  };
  const watched = (request: PlaybackRequest): PlaybackRequest => ({
    ...request,
    onEvent: (event) => {
      if (event.kind === 'finished') busy = false;
      request.onEvent(event);
    },
  });
  return ok({
    prepare: async (request) => {
      if (busy) return current.prepare(request);
      busy = true;
      // What is urgent waits for no sound server while anything can sound.
      const mayLook = !request.isUrgent || current.output().driver === 'null';
      if (mayLook) await lookAgain();
      const prepared = await current.prepare(watched(request));
      if (!prepared.ok) busy = false;
      return prepared;
    },
    output: () => current.output(),
    close: () => current.close(),
  });
};
