import type { Bulletin } from '#schemas/entities/bulletin.ts';
import type { Site } from '#schemas/entities/site.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { CommitProblem } from '../ports/store.ts';
import { auditEntry } from './audit-entry.ts';
import { findBulletin } from './find-bulletin.ts';
import { knownSite } from './known-site.ts';
import { makeRelease } from './make-release.ts';

type Refusal =
  | ProblemOf<'notFound' | 'wrongState' | 'changedMeanwhile' | 'fourEyes' | 'clipMissing'>
  | CommitProblem;

/** Which bulletin, and the SHA-256 of the bytes that the approver heard. */
export interface ReleaseRequest {
  readonly id: string;
  readonly clip: string;
}

/**
 * Lets exactly the bytes that were heard go on air; plans are made anew. Errors: notFound,
 * wrongState, changedMeanwhile (the bulletin has other bytes now), fourEyes (the site wants another
 * person than who made it), clipMissing, diskFull. Source: DESIGN.md, the way of a broadcast, 2.
 */
export const releaseBulletin = async (
  ports: Pick<ServerPorts, 'store' | 'clips' | 'keys' | 'clock' | 'entropy'>,
  userId: string,
  request: ReleaseRequest,
): Promise<Result<Bulletin, Refusal>> => {
  const { store, clips } = ports;
  const found = await findBulletin(store, request.id, ['submitted']);
  if (!found.ok) return found;
  const site = await knownSite(store);
  const refused = refuseRelease(site, found.value, { userId, clip: request.clip });
  if (refused !== undefined) return refuse(refused);
  if (!(await clips.has(request.clip))) {
    return refuse({ code: 'clipMissing', sha256: request.clip });
  }
  const made = makeRelease(ports, found.value, { site: site.slug, releasedBy: userId });
  const done = await store.commit({
    guards: [{ kind: 'bulletinState', ...request, state: 'submitted' }],
    changes: [
      { do: 'put', what: 'bulletin', value: made.bulletin },
      { do: 'insert', what: 'release', value: made.release },
    ],
    audit: [
      auditEntry(ports, {
        actor: { kind: 'user', id: userId },
        action: 'releaseBulletin',
        subject: request.id,
        facts: { clip: request.clip, release: made.release.id },
      }),
    ],
  });
  return done.ok ? ok(made.bulletin) : done;
};

const refuseRelease = (
  site: Site,
  bulletin: Bulletin,
  { userId, clip }: { userId: string; clip: string },
): ProblemOf<'changedMeanwhile' | 'fourEyes'> | undefined => {
  if (bulletin.clip !== clip)
    return { code: 'changedMeanwhile', what: 'bulletin', id: bulletin.id };
  const { createdBy } = bulletin;
  const isOwnWork = createdBy.kind === 'user' && createdBy.id === userId;
  return site.fourEyes && isOwnWork ? { code: 'fourEyes' } : undefined;
};
