/** How long a cause of silence must last before it is recorded, in milliseconds. */
export const SILENCE_GRACE_MS = 60_000;

/** Notices causes of silence that last, so that the seconds after a start make no noise in the log. */
export interface SilenceWatch<Cause extends string> {
  /** The causes that hold now; those that have lasted, each once until it is over. */
  see(causes: readonly Cause[], posMs: number): readonly Cause[];
}

/** A watch that has seen nothing yet. */
export const createSilenceWatch = <Cause extends string>(): SilenceWatch<Cause> => {
  const since = new Map<Cause, number>();
  const told = new Set<Cause>();
  return {
    see: (causes, posMs) => {
      for (const cause of since.keys()) {
        if (causes.includes(cause)) continue;
        since.delete(cause);
        told.delete(cause);
      }
      for (const cause of causes) if (!since.has(cause)) since.set(cause, posMs);
      const lasting = causes.filter(
        (cause) => !told.has(cause) && posMs - (since.get(cause) ?? posMs) >= SILENCE_GRACE_MS,
      );
      for (const cause of lasting) told.add(cause);
      return lasting;
    },
  };
};
