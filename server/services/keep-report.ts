import type { Health } from '#schemas/health.ts';
import { ok, type Result } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { CommitProblem } from '../ports/store.ts';

/**
 * Keeps of a speaker's health what must outlive a restart: which pointer it has, and what it lacks
 * for the next fourteen days. Written only when it says something else than before; a health that
 * names another speaker is not taken. Errors: changedMeanwhile, alreadyExists, diskFull.
 */
export const keepReport = async (
  { store }: Pick<ServerPorts, 'store'>,
  speaker: string,
  { speaker: named, pointerRevision, preflight }: Health,
): Promise<Result<void, CommitProblem>> => {
  if (named !== speaker) return ok(undefined);
  const before = await store.reportOf(speaker);
  // A speaker that has just started has not looked yet; what it said before still stands.
  const newest = preflight ?? before?.preflight ?? null;
  const isSame =
    before?.pointerRevision === pointerRevision && before.preflight?.madeMs === newest?.madeMs;
  if (isSame) return ok(undefined);
  const value = { speaker, pointerRevision, preflight: newest };
  return store.commit({ changes: [{ do: 'put', what: 'speakerReport', value }] });
};
