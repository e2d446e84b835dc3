import type { StarterPack } from '#content/packs/pack.ts';
import { createId } from '#runtime/clock.ts';
import { isKnownZone, localDayAt } from '#runtime/day-table.ts';
import type { Site } from '#schemas/entities/site.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { CommitProblem } from '../ports/store.ts';
import { auditEntry } from './audit-entry.ts';
import { knownSite } from './known-site.ts';
import { packToChanges, type StarterSettings } from './starter-changes.ts';

/** Under this name the store keeps which id each campaign of the pack was given. */
export const STARTER_CAMPAIGNS_NOTE = 'starterCampaigns';

/**
 * The site as it stands; at the very first start, the one that the pack describes, with ids made
 * once. `loadPack` is called only then. Errors: packInvalid, zoneUnknown, diskFull.
 */
export const setUpSite = async (
  ports: Pick<ServerPorts, 'store' | 'clock' | 'entropy' | 'log'>,
  settings: StarterSettings,
  loadPack: () => Promise<Result<StarterPack, ProblemOf<'packInvalid'>>>,
): Promise<Result<Site, ProblemOf<'packInvalid' | 'zoneUnknown'> | CommitProblem>> => {
  const { store, clock, entropy } = ports;
  const standing = await store.site();
  if (standing !== undefined) return ok(standing);
  const pack = await loadPack();
  if (!pack.ok) return pack;
  const zone = settings.zone ?? pack.value.site.zone;
  if (!isKnownZone(zone)) return refuse({ code: 'zoneUnknown', zone });
  const nowMs = Math.floor(clock.wallMs());
  const today = localDayAt(nowMs, zone);
  const newId = () => createId(clock, entropy);
  const { changes, ids } = packToChanges({ pack: pack.value, settings, today, nowMs, newId });
  const text = JSON.stringify(Object.fromEntries(ids.campaigns));
  const done = await store.commit({
    changes: [
      ...changes,
      { do: 'put', what: 'note', value: { name: STARTER_CAMPAIGNS_NOTE, text } },
    ],
    audit: [
      auditEntry(ports, {
        actor: { kind: 'system', id: 'server' },
        action: 'setUpSite',
        subject: settings.slug ?? pack.value.site.slug,
      }),
    ],
  });
  if (!done.ok) return done;
  const site = await knownSite(store);
  ports.log.info({ event: 'siteSetUp', site: site.slug, zone: site.zone });
  return ok(site);
};
