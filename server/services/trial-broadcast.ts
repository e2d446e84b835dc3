import { ok, type Result } from '#schemas/result.ts';
import type { OrderPorts } from './give-order.ts';
import { type PlayAnswer, type PlayProblem, playNow } from './play-now.ts';

/** The note that says which order the trial broadcast was. */
const TRIAL_NOTE = 'trialPlayed';

/**
 * Has the first speaker that is enrolled play the released trial bulletins, as a drill, once in the
 * life of the installation; null when it was done before, or when speaker or bulletins are not there
 * yet. In quiet hours the answer says until when it waits. Errors: as `playNow`.
 */
export const trialBroadcast = async (
  ports: OrderPorts,
): Promise<Result<PlayAnswer | null, PlayProblem>> => {
  const { store, clock } = ports;
  if ((await store.note(TRIAL_NOTE)) !== undefined) return ok(null);
  const speaker = (await store.speakers()).find(({ state }) => state === 'enrolled');
  const bulletins = (await store.bulletins())
    .filter(
      ({ state, trial, expiresMs }) => state === 'released' && trial && expiresMs > clock.wallMs(),
    )
    .map(({ id }) => id);
  if (speaker === undefined || bulletins.length === 0) return ok(null);
  const played = await playNow(
    ports,
    { kind: 'system', id: 'trialBroadcast' },
    {
      speakers: [speaker.id],
      bulletins,
      drill: true,
      also: [{ do: 'insert', what: 'note', value: { name: TRIAL_NOTE, text: speaker.id } }],
    },
  );
  return played.ok ? ok(played.value[0] ?? null) : played;
};
