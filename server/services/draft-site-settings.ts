import { addDays, localDayAt } from '#runtime/day-table.ts';
import type { SetSiteSettingsRequest } from '#schemas/requests/airtime.ts';
import type { SiteSettings } from '#schemas/site-settings.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import { type EntryFinding, readNames } from './entry-finding.ts';
import { findConflicts } from './find-conflicts.ts';
import { knownSite } from './known-site.ts';
import { readSiteSettings } from './site-settings.ts';
import { createSiteRules, readSiteTexts } from './speaker-scope.ts';
import { staggerFindings } from './stagger-findings.ts';
import { NO_END } from './units-below.ts';

/** The settings as they would stand, and what must be seen before. */
export interface DraftedSettings {
  readonly settings: SiteSettings;
  readonly findings: readonly EntryFinding[];
}

/**
 * The settings that a request would make; nothing is written. Rules that plans could not meet any more
 * under them, in any unit, are findings, and so are those that a new stagger would make late.
 * Source: AIRTIME.md, 1 and 5.
 */
export const draftSiteSettings = async (
  ports: Pick<ServerPorts, 'store' | 'clock'>,
  { confirmed: _, seen: __, limits: ___, ...settings }: SetSiteSettingsRequest,
  isExplained = true,
): Promise<DraftedSettings> => {
  const { store, clock } = ports;
  const texts = await readSiteTexts(store);
  const today = localDayAt(clock.wallMs(), (await knownSite(store)).zone);
  const from = addDays(today, 1);
  const before = await readSiteSettings(store);
  const names = await readNames(store);
  const conflicts = await findConflicts(
    ports,
    {
      before: { ...texts, settings: before },
      after: { ...texts, settings },
      units: texts.units.map(({ id }) => id).sort(),
      isExplained,
      about: new Set(),
      days: { from, to: NO_END },
    },
    names,
  );
  const facts = { speakers: await store.speakers(), rules: createSiteRules(texts), names, from };
  const together = settings.staggerS === before.staggerS ? [] : staggerFindings(facts, settings);
  return { settings, findings: [...conflicts, ...together] };
};
