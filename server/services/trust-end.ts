import { ok, type Result } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { CommitProblem, Store } from '../ports/store.ts';

const NOTE = 'trustEnds';

/**
 * Remembers when a broadcast that frees others counts as failed if no log shows it until then, in
 * epoch milliseconds; null where none is awaited. Errors: changedMeanwhile, alreadyExists, diskFull.
 */
export const noteTrustEnd = async (
  store: Pick<Store, 'note' | 'commit'>,
  endsMs: number | null,
): Promise<Result<void, CommitProblem>> => {
  const text = JSON.stringify(endsMs);
  if (((await store.note(NOTE)) ?? 'null') === text) return ok(undefined);
  return store.commit({ changes: [{ do: 'put', what: 'note', value: { name: NOTE, text } }] });
};

/**
 * Has plans made anew once a broadcast that frees others should have come into a log: where it has
 * not, those below broadcast themselves in what is left of the day.
 */
export const checkTrustEnd = async ({
  store,
  clock,
  replan,
}: Pick<ServerPorts, 'store' | 'clock' | 'replan'>): Promise<void> => {
  const endsMs: unknown = JSON.parse((await store.note(NOTE)) ?? 'null');
  if (typeof endsMs === 'number' && clock.wallMs() >= endsMs) replan.request('trustEnded');
};
