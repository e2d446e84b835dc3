import { systemEntropy } from '#runtime/clock.ts';
import { createLogger } from '#runtime/logger.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import { openTestStore } from '#tests/server/db/open-test-store.ts';
import { putAirtime } from './airtime-in-store.ts';
import { createFakeClock } from './fake-clock.ts';
import { newSigner } from './signed-log.ts';
import { putSite } from './site-in-store.ts';

/** 10 March 2026, 12:00 in the site's zone (UTC+7). */
export const NOON_MS = Date.UTC(2026, 2, 10, 5);

/** A site with a rule, six minute-long bulletins and the ports that plans are made with. */
export const openPlannedSite = async (rule: Partial<AirtimeRule> = {}, nowMs = NOON_MS) => {
  const { store, database } = await openTestStore();
  const site = await putSite(store);
  const airtime = await putAirtime(store, site, rule);
  for (let index = 0; index < 6; index += 1) await airtime.addBulletin();
  const clock = createFakeClock(nowMs);
  const signer = newSigner();
  const log = createLogger('test', 'silent');
  const ports = { store, clock, entropy: systemEntropy, log, keys: { signer } };
  return { store, database, site, airtime, clock, signer, ports };
};
