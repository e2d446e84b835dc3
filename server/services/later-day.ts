import type { LocalDay } from '#schemas/primitives.ts';

/** The later of two days. */
export const laterDay = (a: LocalDay, b: LocalDay): LocalDay => (a < b ? b : a);
