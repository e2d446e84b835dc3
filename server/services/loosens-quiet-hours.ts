import { DAY_MINUTES } from '#core/local-time.ts';
import type { AirtimeCap } from '#schemas/airtime.ts';
import type { Daypart } from '#schemas/primitives.ts';
import { quietMinutes } from './merge-quiet-hours.ts';

/**
 * Whether a new version of a cap lets something sound that the one before kept silent: a minute that
 * is not quiet any more, an earlier end, or another unit.
 */
export const loosensQuietHours = (before: AirtimeCap, after: AirtimeCap): boolean => {
  if (before.quietHours.length === 0) return false;
  if (after.unit !== before.unit || endsEarlier(before.to, after.to)) return true;
  return freesMinutes(before.quietHours, after.quietHours);
};

/** Whether a minute that was quiet is not quiet any more. */
export const freesMinutes = (before: readonly Daypart[], after: readonly Daypart[]): boolean => {
  const wasQuiet = quietMinutes(before);
  const isQuiet = quietMinutes(after);
  return Array.from({ length: DAY_MINUTES }, (_, minute) => minute).some(
    (minute) => wasQuiet(minute) && !isQuiet(minute),
  );
};

const endsEarlier = (before: string | null, after: string | null): boolean =>
  after !== null && (before === null || after < before);
