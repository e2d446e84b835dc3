import type { Actor, Bulletin } from '#schemas/entities/bulletin.ts';
import type { Site } from '#schemas/entities/site.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { CommitProblem } from '../ports/store.ts';
import { auditEntry } from './audit-entry.ts';
import { readMakers } from './bulletin-makers.ts';
import { findBulletin } from './find-bulletin.ts';
import { knownSite } from './known-site.ts';
import { makeRelease } from './make-release.ts';
import { replaceVersion } from './next-version.ts';
import { wrongNumbers } from './script-numbers.ts';
import { takeIdentPlaces } from './take-ident-places.ts';

type Refusal =
  | ProblemOf<
      | 'notFound'
      | 'wrongState'
      | 'changedMeanwhile'
      | 'fourEyes'
      | 'clipMissing'
      | 'clipCorrupt'
      | 'numberMissing'
      | 'unitNameMissing'
    >
  | CommitProblem;

/** Which bulletin, and the SHA-256 of the bytes that the approver heard. */
export interface ReleaseRequest {
  readonly id: string;
  readonly clip: string;
}

/**
 * Lets exactly the bytes that were heard go on air; plans are made anew, and a version that was
 * released before never sounds again. An ident takes the places of its units. Errors: notFound, wrongState, changedMeanwhile (the bulletin has
 * other bytes now, or another telephone number is in force than they say), numberMissing, unitNameMissing, fourEyes
 * (the site wants another person than who made it), clipMissing, clipCorrupt (the store has other bytes by
 * now), diskFull. Source: DESIGN.md, the way
 * of a broadcast, 2; ADR 0019.
 */
export const releaseBulletin = async (
  ports: Pick<ServerPorts, 'store' | 'clips' | 'keys' | 'clock' | 'entropy'>,
  userId: string,
  request: ReleaseRequest,
): Promise<Result<Bulletin, Refusal>> => {
  const { store } = ports;
  // Before all else: what is read below must not grow old while a slow store is asked.
  const kept = await verifyAsked(ports, request);
  const found = await findBulletin(store, request.id, ['submitted']);
  if (!found.ok) return found;
  const site = await knownSite(store);
  const versions = await store.bulletinVersions(found.value.first);
  const makers = await readMakers(store, found.value, versions);
  const refused = refuseRelease(site, found.value, { ...request, isMaker: makers.has(userId) });
  if (refused !== undefined) return refuse(refused);
  const wrong = await wrongNumbers(ports, found.value);
  if (wrong !== undefined) return refuse(wrong);
  if (!kept.ok) return kept;
  const made = makeRelease(ports, found.value, { site: site.slug, releasedBy: userId });
  const actor: Actor = { kind: 'user', id: userId };
  const before = versions.filter(({ state }) => state === 'released').map(replaceVersion);
  const done = await store.commit({
    guards: [{ kind: 'sameBulletin', value: found.value }, ...before.map(({ guard }) => guard)],
    changes: [
      ...before.map(({ change }) => change),
      { do: 'put', what: 'bulletin', value: made.bulletin },
      { do: 'insert', what: 'release', value: made.release },
      ...takeIdentPlaces(made.bulletin, { versions, actor }),
    ],
    audit: [
      auditEntry(ports, {
        actor,
        action: 'releaseBulletin',
        subject: request.id,
        facts: { ...airFacts(made.bulletin), release: made.release.id },
      }),
    ],
  });
  return done.ok ? ok(made.bulletin) : done;
};

/** Whether the store has exactly these bytes; it is asked for none that the bulletin does not have. */
const verifyAsked = async (
  { store, clips }: Pick<ServerPorts, 'store' | 'clips'>,
  { id, clip }: ReleaseRequest,
): ReturnType<ServerPorts['clips']['verify']> => {
  const asked = await store.bulletinById(id);
  return asked?.clip === clip ? clips.verify(clip) : refuse({ code: 'clipMissing', sha256: clip });
};

/** What the approver released beside the bytes. */
const airFacts = ({ clip, campaigns, units, priority, validFromMs, expiresMs }: Bulletin) => ({
  clip,
  campaigns,
  units,
  priority,
  validFromMs,
  expiresMs,
});

const refuseRelease = (
  site: Site,
  bulletin: Bulletin,
  { clip, isMaker }: { readonly clip: string; readonly isMaker: boolean },
): ProblemOf<'changedMeanwhile' | 'fourEyes'> | undefined => {
  const { id } = bulletin;
  if (bulletin.clip !== clip) return { code: 'changedMeanwhile', what: 'bulletin', id };
  return site.fourEyes && isMaker ? { code: 'fourEyes' } : undefined;
};
