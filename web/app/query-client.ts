import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { meQuery } from '../shared/api/queries.ts';
import { Refused } from '../shared/api/refused.ts';

const STALE_AFTER_MS = 30_000;

/** What the server said last; a session that has ended shows the sign-in again. */
export const createQueryClient = (): QueryClient => {
  const onError = (error: unknown): void => {
    if (!(error instanceof Refused)) return;
    const { code } = error;
    if (code === 'notSignedIn') client.setQueryData(meQuery.queryKey, null);
    if (code === 'passwordChangeRequired') {
      void client.invalidateQueries({ queryKey: meQuery.queryKey });
    }
  };
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        ...{ networkMode: 'always', refetchOnReconnect: true, staleTime: STALE_AFTER_MS },
        retry: (count, error) => mayRetry(count, error),
      },
      // What fails now is not done later by itself, when nobody waits for it any more.
      mutations: { networkMode: 'always' },
    },
  });
  return client;
};

const MAX_RETRIES = 2;
const mayRetry = (count: number, error: Error): boolean =>
  !(error instanceof Refused) && count < MAX_RETRIES;
