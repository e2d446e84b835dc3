/** The one place where the console reads the machine's time and sets timers. */

/** Now, in epoch milliseconds, as this browser's machine has it. */
export const nowMs = (): number => Date.now();

/** Runs `work` once after `delayMs`; the answer takes it back. */
export const after = (delayMs: number, work: () => void): (() => void) => {
  const timer = setTimeout(work, delayMs);
  return () => clearTimeout(timer);
};

/** Runs `work` every `periodMs`; the answer ends it. */
export const every = (periodMs: number, work: () => void): (() => void) => {
  const timer = setInterval(work, periodMs);
  return () => clearInterval(timer);
};
