import type { Result } from '#schemas/result.ts';
import type { CommitProblem } from '../ports/store.ts';
import { type CleaningPorts, type ClipsCleaned, cleanClips } from './check-clips.ts';

const NOTE = 'clipsCleaned';
/** A day and an hour: a server that is on at night cleans then, and at no other time. */
const DUE_MS = 25 * 3_600_000;

type Ports = Pick<CleaningPorts, 'store' | 'clock'>;

/**
 * Whether the last cleaning of this store is more than a day ago, was never, or lies ahead of a clock
 * that was set back. Source: issue 6, 7.
 */
export const isCleaningDue = async ({ store, clock }: Ports): Promise<boolean> => {
  const lastMs = Number((await store.note(NOTE)) ?? Number.NaN);
  const agoMs = clock.wallMs() - lastMs;
  return !(agoMs >= 0 && agoMs < DUE_MS);
};

/**
 * Cleans as `cleanClips` does and remembers when that was done; one that breaks off is due again.
 * Errors: diskFull (what was removed is removed).
 */
export const cleanDaily = async (
  ports: CleaningPorts,
): Promise<Result<ClipsCleaned, CommitProblem>> => {
  const cleaned = await cleanClips(ports);
  const value = { name: NOTE, text: String(Math.floor(ports.clock.wallMs())) };
  const noted = await ports.store.commit({ changes: [{ do: 'put', what: 'note', value }] });
  return noted.ok ? { ok: true, value: cleaned } : noted;
};
