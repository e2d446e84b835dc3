import type { Actor } from '#schemas/entities/bulletin.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import type { SetSiteSettingsRequest } from '#schemas/requests/airtime.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { SiteSettings } from '#schemas/site-settings.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { CommitProblem } from '../ports/store.ts';
import { auditEntry } from './audit-entry.ts';
import { changedSince } from './changed-since.ts';
import { draftSiteSettings } from './draft-site-settings.ts';
import { unconfirmed } from './entry-finding.ts';
import { freesMinutes } from './loosens-quiet-hours.ts';
import { whyNotLoosen } from './may-loosen.ts';
import { draftSiteLimits } from './set-site-limits.ts';
import { readGuardedSettings, siteSettingsToWork } from './site-settings.ts';

type Refusal = ProblemOf<'overtaken' | 'notAllowed' | 'notConfirmed'>;

/**
 * What plans and speakers of the site keep to from now on, once every rule that it makes impossible was
 * confirmed; with them, or not at all, the limits that speakers keep to by themselves. Speakers are told
 * signed, and plans are made anew; the audit keeps what held before. Who is no approver cannot shorten
 * quiet hours or loosen limits. Errors: overtaken (others hold than were seen), notAllowed, notConfirmed, changedMeanwhile, diskFull. Source: issue 4, 7; issue 5, 2.
 */
export const setSiteSettings = async (
  ports: Pick<ServerPorts, 'store' | 'clock' | 'entropy' | 'replan'>,
  actor: Actor,
  request: SetSiteSettingsRequest,
): Promise<Result<SiteSettings, Refusal | CommitProblem>> => {
  const { store } = ports;
  const { settings: before, text } = await readGuardedSettings(store);
  const changed = changedSince(request.seen, before);
  if (changed !== undefined) return refuse(changed);
  const { settings, findings } = await draftSiteSettings(ports, request, false);
  const loosens = freesMinutes(before.quietHours, settings.quietHours);
  const refusal = loosens ? await whyNotLoosen(store, actor) : undefined;
  if (refusal !== undefined) return refuse(refusal);
  const codes = [...unconfirmed(findings, request.confirmed)];
  if (codes.length > 0) return refuse({ code: 'notConfirmed', count: codes.length, codes });
  const limits = await limitsWork(ports, actor, request);
  if (!limits.ok) return limits;
  const confirmed = findings.map(({ problem }) => problem);
  const facts = { before, after: settings, loosens, confirmed };
  const { changes, guards } = siteSettingsToWork(settings, text);
  const done = await store.commit({
    changes: [...changes, ...limits.value.changes],
    guards: [...guards, ...limits.value.guards],
    audit: [
      auditEntry(ports, { actor, action: 'setSiteSettings', subject: 'site', facts }),
      ...limits.value.audit,
    ],
  });
  if (!done.ok) return done;
  ports.replan.request('siteSettingsSet');
  return ok(settings);
};

/** What writes the limits that were sent along; nothing where none were. */
const limitsWork = async (
  ports: Pick<ServerPorts, 'store' | 'clock' | 'entropy'>,
  actor: Actor,
  { limits }: SetSiteSettingsRequest,
) => {
  if (limits === undefined) return ok({ changes: [], guards: [], audit: [] });
  const drafted = await draftSiteLimits(ports, actor, limits);
  return drafted.ok ? ok(drafted.value.work) : drafted;
};
