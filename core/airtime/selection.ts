import { MINUTE_MS } from '#core/local-time.ts';
import type { Occurrence } from './occurrences.ts';
import type { Period } from './periods.ts';

/** Which of some occurrences count, and why each of the others is spare. */
export interface Selection {
  readonly chosen: ReadonlySet<Occurrence>;
  readonly spare: ReadonlyMap<Occurrence, 'tooClose' | 'dayFull'>;
}

/**
 * The largest set of the occurrences (ascending by planned start) that keeps the period's maximum
 * per day and the rule's spacing between planned starts. Taking each as early as it fits is optimal:
 * the i-th one taken is never later than the i-th of any other such set, and days fill in order.
 * Source: AIRTIME.md, 3 ("What a period has").
 */
export const largestSpacedSet = (occurrences: readonly Occurrence[], period: Period): Selection => {
  const spacingMs = period.rule.minSpacingMin * MINUTE_MS;
  const chosen = new Set<Occurrence>();
  const spare = new Map<Occurrence, 'tooClose' | 'dayFull'>();
  let last: Occurrence | undefined;
  let onDay = 0;
  for (const occurrence of occurrences) {
    if (last?.day !== occurrence.day) onDay = 0;
    if (last !== undefined && occurrence.logged.plannedMs - last.logged.plannedMs < spacingMs) {
      spare.set(occurrence, 'tooClose');
    } else if (onDay >= period.maxPerDay) {
      spare.set(occurrence, 'dayFull');
    } else {
      chosen.add(occurrence);
      onDay += 1;
      last = occurrence;
    }
  }
  return { chosen, spare };
};
