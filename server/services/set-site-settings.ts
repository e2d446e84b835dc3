import type { Actor } from '#schemas/entities/bulletin.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { SiteSettings } from '#schemas/site-settings.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { CommitProblem } from '../ports/store.ts';
import { auditEntry } from './audit-entry.ts';
import { freesMinutes } from './loosens-quiet-hours.ts';
import { whyNotLoosen } from './may-loosen.ts';
import { readGuardedSettings, siteSettingsToWork } from './site-settings.ts';

/**
 * What plans and speakers of the site keep to from now on. Speakers are told signed, and plans are
 * made anew; the audit keeps what held before. Who is no approver cannot shorten quiet hours. Errors:
 * notAllowed, changedMeanwhile, diskFull. Source: issue 4, 7; issue 5, 2.
 */
export const setSiteSettings = async (
  ports: Pick<ServerPorts, 'store' | 'clock' | 'entropy' | 'replan'>,
  actor: Actor,
  settings: SiteSettings,
): Promise<Result<SiteSettings, ProblemOf<'notAllowed'> | CommitProblem>> => {
  const { store } = ports;
  const { settings: before, text } = await readGuardedSettings(store);
  const loosens = freesMinutes(before.quietHours, settings.quietHours);
  const refusal = loosens ? await whyNotLoosen(store, actor) : undefined;
  if (refusal !== undefined) return refuse(refusal);
  const facts = { before, after: settings, loosens };
  const done = await store.commit({
    ...siteSettingsToWork(settings, text),
    audit: [auditEntry(ports, { actor, action: 'setSiteSettings', subject: 'site', facts })],
  });
  if (!done.ok) return done;
  ports.replan.request('siteSettingsSet');
  return ok(settings);
};
