/** How services say that plans no longer fit what was entered; the answer is made in the background. */
export interface Replan {
  /** Plans of every speaker are stale. Calls that come while plans are made are answered by one more making. */
  request(reason: string): void;
}
