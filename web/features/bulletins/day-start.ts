const MINUTE_MS = 60_000;

/** How a wall clock in the zone reads at the instant, as if it were one in UTC. */
const wallMs = (instantMs: number, zone: string): number => {
  const text = new Date(instantMs).toLocaleString('sv-SE', { timeZone: zone });
  return Date.parse(`${text.replace(' ', 'T')}Z`);
};

/**
 * The instant at which a local day begins in the zone, to the minute; where the zone skips midnight,
 * the first instant after the skip. The day is `YYYY-MM-DD`.
 */
export const dayStartMs = (day: string, zone: string): number => {
  const wantedMs = Date.parse(`${day}T00:00:00Z`);
  const offsetAt = (instantMs: number): number =>
    Math.round((wallMs(instantMs, zone) - instantMs) / MINUTE_MS) * MINUTE_MS;
  const guessMs = wantedMs - offsetAt(wantedMs);
  return wantedMs - offsetAt(guessMs);
};
