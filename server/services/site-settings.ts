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
export const readSiteSettings = async (store: Pick<Store, 'note'>): Promise<SiteSettings> =>
  (await readGuardedSettings(store)).settings;

/** The settings as they stand, and the text that a change of them is guarded with. */
export const readGuardedSettings = async (
  store: Pick<Store, 'note'>,
): Promise<{ readonly settings: SiteSettings; readonly text: string | null }> => {
  const text = (await store.note(NOTE)) ?? null;
  const set = text === null ? {} : JSON.parse(text);
  return { settings: siteSettingsSchema.parse({ ...defaultSiteSettings, ...set }), text };
};

/** The change that remembers the settings, and what must still hold when it is written. */
export const siteSettingsToWork = (settings: SiteSettings, before: string | null) => ({
  changes: [
    { do: 'put', what: 'note', value: { name: NOTE, text: JSON.stringify(settings) } },
  ] satisfies Change[],
  guards: [{ kind: 'noteText', name: NOTE, text: before } as const],
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
