const PAUSE_MS = 250;

/**
 * Reads again and again until what was read is as it should be, where nothing tells of the change;
 * throws what was read last when that takes longer than `deadlineMs`.
 */
export const eventually = async <T>(
  read: () => Promise<T>,
  isDone: (value: T) => boolean,
  deadlineMs: number,
): Promise<T> => {
  const endMs = performance.now() + deadlineMs;
  for (;;) {
    const value = await read();
    if (isDone(value)) return value;
    if (performance.now() > endMs) throw new Error(`never came true: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
};
