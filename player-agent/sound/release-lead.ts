/** So many starts in a row tell what the output holds back. */
const MEMORY = 9;
/** Less is the machine's own unrest, and no device's. */
const LEAST_MS = 20;
const MOST_MS = 500;

/** How much earlier than a sound is wanted it must be released, as its output has shown. */
export interface ReleaseLead {
  /** In milliseconds; 0 until enough starts were seen. */
  leadMs(): number;
  /** A sound that was released so long before left the output so long after that. */
  learn(tookMs: number): void;
}

/** The middle of what the last nine starts took, so that one that was late by chance changes nothing. */
export const createReleaseLead = (): ReleaseLead => {
  const took: number[] = [];
  return {
    learn: (tookMs) => {
      took.push(tookMs);
      if (took.length > MEMORY) took.shift();
    },
    leadMs: () => {
      if (took.length < MEMORY) return 0;
      const middle = took.toSorted((a, b) => a - b)[MEMORY >> 1] ?? 0;
      return middle < LEAST_MS ? 0 : Math.min(middle, MOST_MS);
    },
  };
};
