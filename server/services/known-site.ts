import type { Site } from '#schemas/entities/site.ts';
import type { Store } from '../ports/store.ts';

/** The site, which stands before anybody can call a service. Throws when it does not. */
export const knownSite = async (store: Pick<Store, 'site'>): Promise<Site> => {
  const site = await store.site();
  if (site === undefined) throw new Error('the site is not set up');
  return site;
};
