/** Work that is done in the background, one doing at a time. */
export interface OneAtATime {
  /** Calls that come while the work is done are answered by one more doing. */
  request(): void;
  /** Resolves when nothing is done any more; nothing is begun after that. */
  stop(): Promise<void>;
}

/**
 * Calls `run` for each request; requests that come while it runs are answered by one more run, so
 * that no change is missed and nothing piles up. A run that throws is told to `onError`.
 */
export const createOneAtATime = (
  run: () => Promise<void>,
  onError: (error: unknown) => void,
): OneAtATime => {
  let isStale = false;
  let isStopped = false;
  let running: Promise<void> | undefined;
  const work = async (): Promise<void> => {
    while (isStale && !isStopped) {
      isStale = false;
      try {
        await run();
      } catch (error) {
        onError(error);
      }
    }
    running = undefined;
  };
  return {
    request: () => {
      if (isStopped) return;
      isStale = true;
      running ??= work();
    },
    stop: async () => {
      isStopped = true;
      await running;
    },
  };
};
