import type { Clock } from '#runtime/clock.ts';

const DAY_MS = 86_400_000;
const NOON_HOUR = 12;

/** A zone in which it is about noon now: `Etc/GMT-7` is seven hours ahead of Greenwich. */
export const noonZone = (nowMs: number): string => {
  const ahead = NOON_HOUR - new Date(nowMs).getUTCHours();
  return `Etc/GMT${ahead < 0 ? '+' : '-'}${Math.abs(ahead)}`;
};

/** The clock a day slow: what is enrolled by it owes airtime today. */
export const dayBefore = (clock: Clock): Clock => ({
  ...clock,
  wallMs: () => clock.wallMs() - DAY_MS,
});
