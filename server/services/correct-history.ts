import { createId } from '#runtime/clock.ts';
import { localDayAt } from '#runtime/day-table.ts';
import type { HistoryCorrection } from '#schemas/airtime.ts';
import type { Site, UserRole } from '#schemas/entities/site.ts';
import type { SignedCorrection } from '#schemas/inspection.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import type { CorrectHistoryRequest } from '#schemas/requests/inspection.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { CommitProblem } from '../ports/store.ts';
import type { StoredCorrection } from '../ports/stored-signed.ts';
import { auditEntry } from './audit-entry.ts';
import { knownSite } from './known-site.ts';
import { signPayload } from './sign-payload.ts';

type Ports = Pick<ServerPorts, 'store' | 'keys' | 'clock' | 'entropy'>;
type Wrong = ProblemOf<'correctsOwnWork' | 'unknownSpeaker' | 'unknownUnit' | 'requestInvalid'>;

/** Who airs, who enters speakers and units, who heads a village: verdicts are about their work. */
const JUDGED_ROLES: readonly UserRole[] = ['operator', 'administrator', 'villageHead'];

interface Deed {
  readonly userId: string;
  readonly request: CorrectHistoryRequest;
}

/**
 * An inspector finds that the unit history was wrong about days past, today included: what is
 * entered takes effect on the day after. The finding is signed with the site's key, kept for ever and
 * shown beside every verdict that it concerns; no verdict, plan or unit history is changed by it, so
 * that nobody is judged anew by what was found out later. What is found otherwise afterwards is
 * another correction. Errors: correctsOwnWork (verdicts are about what the inspector does besides),
 * unknownSpeaker, unknownUnit, requestInvalid (a day to come), diskFull. Source: AIRTIME.md, 4 (a
 * correction of the past is a signed finding of its own).
 */
export const correctHistory = async (
  ports: Ports,
  { userId, request }: Deed,
): Promise<Result<HistoryCorrection, Wrong | CommitProblem>> => {
  const site = await knownSite(ports.store);
  const wrong = await whyNot(ports, site, { userId, request });
  if (wrong !== undefined) return refuse(wrong);
  const value = signCorrection(ports, site.slug, { userId, request });
  const { envelope: _, ...facts } = value;
  const actor = { kind: 'user', id: userId } as const;
  const done = await ports.store.commit({
    changes: [{ do: 'insert', what: 'correction', value }],
    audit: [auditEntry(ports, { actor, action: 'correctHistory', subject: value.id, facts })],
  });
  const { foundBy: __, ...correction } = facts;
  return done.ok ? ok(correction) : done;
};

const whyNot = async (
  { store, clock }: Ports,
  { zone }: Site,
  { userId, request }: Deed,
): Promise<Wrong | undefined> => {
  const { speaker, unit, to } = request;
  const user = await store.userById(userId);
  if (user?.roles.some((role) => JUDGED_ROLES.includes(role))) return { code: 'correctsOwnWork' };
  if ((await store.speakerById(speaker)) === undefined) return { code: 'unknownSpeaker', speaker };
  const units = await store.units();
  if (!units.some(({ id }) => id === unit)) return { code: 'unknownUnit', unit };
  return to <= localDayAt(clock.wallMs(), zone)
    ? undefined
    : { code: 'requestInvalid', issues: [{ path: 'to', issue: 'notPast' }] };
};

const signCorrection = (
  { keys, clock, entropy }: Ports,
  site: string,
  { userId, request }: Deed,
): StoredCorrection => {
  const { speaker, unit, belonged, from, to, reason } = request;
  const id = createId(clock, entropy);
  const foundMs = Math.floor(clock.wallMs());
  const correction = { id, speaker, unit, belonged, from, to, reason, foundMs, foundBy: userId };
  const payload: SignedCorrection = { v: 1, site, ...correction };
  return { ...correction, envelope: JSON.stringify(signPayload(keys, 'correction', payload)) };
};
