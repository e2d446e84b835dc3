import type { Speaker } from '#schemas/entities/site.ts';
import type { Id } from '#schemas/primitives.ts';
import {
  defaultSiteSettings,
  MAX_STAGGER_S,
  type SiteSettings,
  siteSettingsSchema,
} from '#schemas/site-settings.ts';
import type { Change, Store } from '../ports/store.ts';

const NOTE = 'siteSettings';

/** The settings as they stand; the defaults where nobody has set anything. */
export const readSiteSettings = async (store: Pick<Store, 'note'>): Promise<SiteSettings> => {
  const text = await store.note(NOTE);
  if (text === undefined) return defaultSiteSettings;
  return siteSettingsSchema.parse({ ...defaultSiteSettings, ...JSON.parse(text) });
};

/** The change that remembers the settings. */
export const siteSettingsToChange = (settings: SiteSettings): Change => ({
  do: 'put',
  what: 'note',
  value: { name: NOTE, text: JSON.stringify(settings) },
});

/**
 * How much later than the first one of its unit each speaker begins, in seconds: one step more from
 * speaker to speaker, by their ids, and from the first again after `MAX_STAGGER_S`.
 */
export const staggerOf = (
  speakers: readonly Pick<Speaker, 'id' | 'unit' | 'state'>[],
  { staggerS }: Pick<SiteSettings, 'staggerS'>,
): ReadonlyMap<Id, number> => {
  if (staggerS === 0) return new Map();
  const steps = Math.floor(MAX_STAGGER_S / staggerS) + 1;
  const enrolled = speakers
    .filter(({ state }) => state === 'enrolled')
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return new Map(
    [...Map.groupBy(enrolled, ({ unit }) => unit).values()].flatMap((neighbours) =>
      neighbours.map(({ id }, index) => [id, (index % steps) * staggerS] as const),
    ),
  );
};
