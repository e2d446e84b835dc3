/** Work of many speakers: one piece at a time for each, side by side for all. */
export interface SpeakerQueues {
  /** Takes the work, to be done after what the speaker sent before; false when there is no room. */
  add(speaker: string, work: () => Promise<void>): boolean;
  /** Resolves when nothing waits and nothing runs. */
  idle(): Promise<void>;
}

export interface SpeakerQueuesOptions {
  readonly mostPerSpeaker: number;
  readonly mostOfAll: number;
  /** What a piece of work threw; the next one is done all the same. */
  readonly onError: (speaker: string, error: unknown) => void;
}

/** Queues that hold at most so many pieces of work, running ones included. */
export const createSpeakerQueues = (options: SpeakerQueuesOptions): SpeakerQueues => {
  const queues = new Map<string, { length: number; tail: Promise<void> }>();
  let total = 0;
  return {
    add: (speaker, work) => {
      const queue = queues.get(speaker) ?? { length: 0, tail: Promise.resolve() };
      if (queue.length >= options.mostPerSpeaker || total >= options.mostOfAll) return false;
      queue.length += 1;
      total += 1;
      queues.set(speaker, queue);
      queue.tail = queue.tail
        .then(work)
        .catch((error: unknown) => options.onError(speaker, error))
        .finally(() => {
          queue.length -= 1;
          total -= 1;
          if (queue.length === 0) queues.delete(speaker);
        });
      return true;
    },
    idle: async () => {
      while (queues.size > 0) await Promise.all([...queues.values()].map(({ tail }) => tail));
    },
  };
};
