/** What the operating system says of its own wall clock. */
export interface SystemTime {
  /**
   * How far the wall clock may be off at the most, in milliseconds, when a service sets it by the
   * network's time (NTP); null when none does, or when that cannot be known.
   */
  uncertaintyMs(): Promise<number | null>;
}
