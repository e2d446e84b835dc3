import { queryOptions } from '@tanstack/react-query';
import { answered, api } from './api.ts';
import { Refused } from './refused.ts';

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
  queryFn: () => answered(api.units.$get()),
});

export const speakersQuery = queryOptions({
  queryKey: ['speakers'],
  queryFn: () => answered(api.speakers.$get()),
});

export const campaignsQuery = queryOptions({
  queryKey: ['campaigns'],
  queryFn: () => answered(api.campaigns.$get()),
});

export const bulletinsQuery = queryOptions({
  queryKey: ['bulletins'],
  queryFn: () => answered(api.bulletins.$get()),
});

/** What a speaker last said of itself. */
export const healthQuery = (id: string) =>
  queryOptions({
    queryKey: ['health', id],
    queryFn: () => answered(api.speakers[':id'].health.$get({ param: { id } })),
  });
