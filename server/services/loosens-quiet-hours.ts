import { DAY_MINUTES } from '#core/local-time.ts';
import type { AirtimeCap } from '#schemas/airtime.ts';
import { quietMinutes } from './merge-quiet-hours.ts';

/**
 * Whether a new version of a cap lets something sound that the one before kept silent: a minute that
 * is not quiet any more, an earlier end, or another unit.
 */
export const loosensQuietHours = (before: AirtimeCap, after: AirtimeCap): boolean => {
  if (before.quietHours.length === 0) return false;
  if (after.unit !== before.unit || endsEarlier(before.to, after.to)) return true;
  const wasQuiet = quietMinutes(before.quietHours);
  const isQuiet = quietMinutes(after.quietHours);
  return Array.from({ length: DAY_MINUTES }, (_, minute) => minute).some(
    (minute) => wasQuiet(minute) && !isQuiet(minute),
  );
};

const endsEarlier = (before: string | null, after: string | null): boolean =>
  after !== null && (before === null || after < before);
