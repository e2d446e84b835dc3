import { queryOptions } from '@tanstack/react-query';
import { allPages } from '#core/all-pages.ts';
import { MAX_LISTED } from '#schemas/list-page.ts';
import { answered, api } from './api.ts';
import { Refused } from './refused.ts';

/** Everything that a list holds, however many answers it takes. */
const listed = async <T extends { readonly id: string }>(
  readPage: (query: { after?: string }) => Promise<readonly T[]>,
): Promise<T[]> => (await allPages(MAX_LISTED, readPage)) ?? [];

/** Who is signed in; null when nobody is. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: () =>
    answered(api.me.$get()).catch((error: unknown) => {
      if (error instanceof Refused && error.code === 'notSignedIn') return null;
      throw error;
    }),
  staleTime: Number.POSITIVE_INFINITY,
});

export const siteQuery = queryOptions({
  queryKey: ['site'],
  queryFn: () => answered(api.site.$get()),
  staleTime: Number.POSITIVE_INFINITY,
});

export const unitsQuery = queryOptions({
  queryKey: ['units'],
  queryFn: () => listed((query) => answered(api.units.$get({ query }))),
});

export const speakersQuery = queryOptions({
  queryKey: ['speakers'],
  queryFn: () => listed((query) => answered(api.speakers.$get({ query }))),
});

export const campaignsQuery = queryOptions({
  queryKey: ['campaigns'],
  queryFn: () => answered(api.campaigns.$get()),
});

export const bulletinsQuery = queryOptions({
  queryKey: ['bulletins'],
  queryFn: () => listed((query) => answered(api.bulletins.$get({ query }))),
});

/** What a speaker last said of itself. */
export const healthQuery = (id: string) =>
  queryOptions({
    queryKey: ['health', id],
    queryFn: () => answered(api.speakers[':id'].health.$get({ param: { id } })),
  });
