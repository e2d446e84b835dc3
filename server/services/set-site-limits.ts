import type { Actor } from '#schemas/entities/bulletin.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import type { SetSiteLimitsRequest } from '#schemas/requests/site.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { CommitProblem, Work } from '../ports/store.ts';
import { auditEntry } from './audit-entry.ts';
import { changedSince } from './changed-since.ts';
import { whyNotLoosen } from './may-loosen.ts';
import { readSiteLimits, type SiteLimits, siteLimitsToWork } from './site-limits.ts';

type Refusal = ProblemOf<'overtaken' | 'notAllowed'>;

interface DraftedLimits {
  readonly limits: SiteLimits;
  /** What remembers them, with its audit record. */
  readonly work: Pick<Required<Work>, 'changes' | 'guards' | 'audit'>;
}

/**
 * The limits that a request would make, and what writes them. Who is no approver can only tighten.
 * Errors: overtaken (others hold than were seen), notAllowed. Source: issue 5, 2.
 */
export const draftSiteLimits = async (
  ports: Pick<ServerPorts, 'store' | 'clock' | 'entropy'>,
  actor: Actor,
  request: SetSiteLimitsRequest,
): Promise<Result<DraftedLimits, Refusal>> => {
  const { store } = ports;
  const { limits: before, text } = await readSiteLimits(store);
  const changed = changedSince(request.seen, before);
  if (changed !== undefined) return refuse(changed);
  const limits = {
    maxVolume: request.maxVolume ?? before.maxVolume,
    maxContinuousMin: request.maxContinuousMin ?? before.maxContinuousMin,
  };
  const loosens =
    limits.maxVolume > before.maxVolume || limits.maxContinuousMin > before.maxContinuousMin;
  const refusal = loosens ? await whyNotLoosen(store, actor) : undefined;
  if (refusal !== undefined) return refuse(refusal);
  const facts = { before, limits, loosens };
  const audit = [auditEntry(ports, { actor, action: 'setSiteLimits', subject: 'site', facts })];
  return ok({ limits, work: { ...siteLimitsToWork(limits, text), audit } });
};

/**
 * How loud and how long without a pause the site's speakers sound at the most; they are told signed.
 * Who is no approver can only tighten. Errors: overtaken (others hold
 * than were seen), notAllowed, changedMeanwhile, alreadyExists, diskFull.
 * Source: issue 5, 2.
 */
export const setSiteLimits = async (
  ports: Pick<ServerPorts, 'store' | 'clock' | 'entropy' | 'replan'>,
  actor: Actor,
  request: SetSiteLimitsRequest,
): Promise<Result<SiteLimits, Refusal | CommitProblem>> => {
  const drafted = await draftSiteLimits(ports, actor, request);
  if (!drafted.ok) return drafted;
  const done = await ports.store.commit(drafted.value.work);
  if (!done.ok) return done;
  ports.replan.request('siteLimitsSet');
  return ok(drafted.value.limits);
};
