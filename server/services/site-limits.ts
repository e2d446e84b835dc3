import * as z from 'zod';
import { limitsSchema } from '#schemas/limits.ts';
import type { Change, Store } from '../ports/store.ts';

const NOTE = 'siteLimits';

const siteLimitsSchema = limitsSchema.pick({ maxVolume: true, maxContinuousMin: true });

/** How loud, and how long without a pause, every speaker of the site sounds at the most. */
export type SiteLimits = z.infer<typeof siteLimitsSchema>;

/** What holds where nobody has set anything: full volume, four hours. */
export const DEFAULT_SITE_LIMITS: SiteLimits = { maxVolume: 100, maxContinuousMin: 240 };

/** The limits as they stand, and the text that a change of them is guarded with. */
export const readSiteLimits = async (
  store: Pick<Store, 'note'>,
): Promise<{ readonly limits: SiteLimits; readonly text: string | null }> => {
  const text = (await store.note(NOTE)) ?? null;
  const limits = text === null ? DEFAULT_SITE_LIMITS : z.parse(siteLimitsSchema, JSON.parse(text));
  return { limits, text };
};

/** The change that remembers the limits, and what must still hold when it is written. */
export const siteLimitsToWork = (limits: SiteLimits, before: string | null) => ({
  changes: [
    { do: 'put', what: 'note', value: { name: NOTE, text: JSON.stringify(limits) } },
  ] satisfies Change[],
  guards: [{ kind: 'noteText', name: NOTE, text: before } as const],
});
