import type { Actor } from '#schemas/entities/bulletin.ts';
import type { Speaker } from '#schemas/entities/site.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import type { SetVolumeRequest } from '#schemas/requests/upkeep.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { CommitProblem } from '../ports/store.ts';
import { auditEntry } from './audit-entry.ts';
import { enrolledSpeakers } from './give-order.ts';
import { readLimits } from './publish-limits.ts';

export type VolumeProblem =
  | ProblemOf<'unknownSpeaker' | 'volumeAboveLimit' | 'changedMeanwhile'>
  | CommitProblem;

/**
 * How loud a speaker is from its next list on, in percent, at most what its signed limits allow; it is
 * told in its next limits. Errors: unknownSpeaker (also one that is not enrolled), volumeAboveLimit;
 * changedMeanwhile, diskFull. Source: schemas/limits.ts.
 */
export const setVolume = async (
  ports: Pick<ServerPorts, 'store' | 'clock' | 'entropy'>,
  actor: Actor,
  { speaker: id, volume }: SetVolumeRequest & { readonly speaker: string },
): Promise<Result<Speaker, VolumeProblem>> => {
  const found = await enrolledSpeakers(ports.store, [id]);
  if (!found.ok) return found;
  const [speaker] = found.value;
  const stored = await ports.store.limitsOf(id);
  if (speaker === undefined || stored === undefined) {
    return refuse({ code: 'unknownSpeaker', speaker: id });
  }
  const { maxVolume } = readLimits(stored);
  if (volume > maxVolume) return refuse({ code: 'volumeAboveLimit', volume, maxVolume });
  const value: Speaker = { ...speaker, volume };
  const facts = { before: speaker.volume, volume };
  const done = await ports.store.commit({
    changes: [{ do: 'put', what: 'speaker', value }],
    guards: [{ kind: 'limitsRevision', speaker: id, revision: stored.revision }],
    audit: [auditEntry(ports, { actor, action: 'setVolume', subject: id, facts })],
  });
  return done.ok ? ok(value) : done;
};
