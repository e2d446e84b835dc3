/** Where each item of a list begins in list time, which counts from the first sample let out. */
export interface ListTimes {
  readonly count: number;
  /** The beginning of an item; of index `count` the end of the list. */
  startMs(index: number): number;
  /** List time of a place in an item, both in milliseconds. */
  placeMs(index: number, itemMs: number): number;
  /** The item cannot be played, or ends where the list was at `seenMs`. */
  breakOff(index: number, seenMs: number): void;
  isBroken(index: number): boolean;
}

export const createListTimes = (durationsMs: readonly number[], skipMs: number): ListTimes => {
  const lengthsMs = durationsMs.map((ms, index) => (index === 0 ? Math.max(0, ms - skipMs) : ms));
  const broken = new Set<number>();
  const startMs = (index: number) => lengthsMs.slice(0, index).reduce((sum, ms) => sum + ms, 0);
  return {
    count: lengthsMs.length,
    startMs,
    placeMs: (index, itemMs) => startMs(index) + itemMs - (index === 0 ? skipMs : 0),
    breakOff: (index, seenMs) => {
      broken.add(index);
      const playedMs = Math.max(0, seenMs - startMs(index));
      lengthsMs[index] = Math.min(lengthsMs[index] ?? 0, playedMs);
    },
    isBroken: (index) => broken.has(index),
  };
};
