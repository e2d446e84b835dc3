import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';

/** Something done at the server that makes answers under `stale` worth asking for again. */
export const useDeed = <Output, Input = void>(
  deed: (input: Input) => Promise<Output>,
  stale: readonly QueryKey[],
) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: deed,
    onSuccess: () => Promise.all(stale.map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
};
