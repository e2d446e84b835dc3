import type { Result } from '#schemas/result.ts';
import type { PlaybackRequest, Player } from '../ports/player.ts';

/**
 * A player that has no output looks for one again before each list: a sound server may start after
 * the agent, and a card may be plugged in. `findPlayer` gives one that has an output, or null; the
 * silent one is closed then. Nothing is looked for while something plays.
 */
export const withLaterOutput = (
  silent: Player,
  findPlayer: () => Promise<Result<Player, unknown> | null>,
): Player => {
  let current = silent;
  let busy = false;
  const lookAgain = async (): Promise<void> => {
    const found = await findPlayer();
    if (found === null || !found.ok) return;
    const last = current;
    current = found.value;
    await last.close();
  };
  const watched = (request: PlaybackRequest): PlaybackRequest => ({
    ...request,
    onEvent: (event) => {
      if (event.kind === 'finished') busy = false;
      request.onEvent(event);
    },
  });
  return {
    prepare: async (request) => {
      if (busy) return current.prepare(request);
      busy = true;
      if (current.output().driver === 'null') await lookAgain();
      const prepared = await current.prepare(watched(request));
      if (!prepared.ok) busy = false;
      return prepared;
    },
    output: () => current.output(),
    close: () => current.close(),
  };
};
