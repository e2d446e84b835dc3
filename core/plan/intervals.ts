import type { Interval } from '#schemas/primitives.ts';

/** `whole` without what `holes` (a union) cover, ascending. */
export const cutIntervals = (whole: Interval, holes: readonly Interval[]): Interval[] => {
  const rest: Interval[] = [];
  let fromMs = whole.fromMs;
  for (const hole of holes) {
    if (hole.toMs <= fromMs || hole.fromMs >= whole.toMs) continue;
    if (hole.fromMs > fromMs) rest.push({ fromMs, toMs: hole.fromMs });
    fromMs = hole.toMs;
  }
  if (fromMs < whole.toMs) rest.push({ fromMs, toMs: whole.toMs });
  return rest;
};
