import type { Unit } from '#schemas/entities/site.ts';

/** The unit that most rules and caps are entered for: one that lies below no other. */
export const topUnit = (units: readonly Unit[]): string =>
  (units.find(({ parent }) => parent === null) ?? units[0])?.id ?? '';
