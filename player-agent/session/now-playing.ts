import type { Sha256 } from '#schemas/primitives.ts';
import type { SessionId } from '#schemas/session.ts';
import type { ActiveRun } from './run.ts';

/** What can be heard now. */
export interface NowPlaying {
  readonly session: SessionId;
  readonly clip: Sha256 | null;
  readonly drill: boolean;
}

/** What a list lets be heard now; null between its items and without a list. */
export const nowPlaying = (active: ActiveRun | undefined): NowPlaying | null => {
  const slot = active?.sounding() ?? null;
  if (active === undefined || slot === null) return null;
  const { id, session } = active.run.candidate;
  return { session: id, clip: slot.clip?.sha256 ?? null, drill: session.drill };
};
