import type { Interval } from '#schemas/primitives.ts';
import type { Demand } from './demand.ts';
import { type Draft, keepsCaps, type Placed, withoutPlaced, withPlaced } from './draft.ts';
import { PAUSE_MS } from './piece.ts';
import { occurrencesIn } from './place-demand.ts';
import { qualifies } from './qualify.ts';

const touches = (placed: Placed, pauseMs: number) => (other: Interval) =>
  other.fromMs < placed.endMs + pauseMs && other.toMs + pauseMs > placed.startMs;

/** The demands under which the session qualifies. */
export const servedBy = (draft: Draft, placed: Placed, demands: readonly Demand[]): Demand[] =>
  demands.filter(({ rule }) => qualifies(placed.session, rule, draft.frame.windowsOf(rule)));

/** Whether the session lies whole in a daypart of one of the demands; it may begin in more. */
const liesInside = (draft: Draft, placed: Placed, demands: readonly Demand[]): boolean =>
  demands.some(({ rule }) =>
    draft.frame
      .windowsOf(rule)
      .some(({ fromMs, toMs }) => fromMs <= placed.startMs && placed.endMs <= toMs),
  );

/** Whether the session can stand beside those of the draft, and inside a daypart it serves. */
export const fits = (draft: Draft, placed: Placed, demands: readonly Demand[]): boolean => {
  const others = draft.placed.map(({ startMs, endMs }) => ({ fromMs: startMs, toMs: endMs }));
  return (
    placed.startMs >= draft.openFromMs &&
    placed.startMs < draft.frame.row.endMs &&
    !draft.frame.blocked.some(touches(placed, 0)) &&
    !others.some(touches(placed, PAUSE_MS)) &&
    keepsCaps(draft, placed) &&
    liesInside(draft, placed, servedBy(draft, placed, demands))
  );
};

/**
 * The draft with a session in another's place; undefined where it cannot stand, or a demand has fewer
 * of the occurrences that it wants.
 */
export const replaced = (
  draft: Draft,
  change: { readonly from: Placed; readonly to: Placed },
  demands: readonly Demand[],
): Draft | undefined => {
  const rest = withoutPlaced(draft, change.from);
  if (!fits(rest, change.to, demands)) return undefined;
  const next = withPlaced(rest, change.to);
  const keeps = demands.every((demand) => {
    const had = Math.min(demand.occurrences, occurrencesIn(draft, demand).length);
    return occurrencesIn(next, demand).length >= had;
  });
  return keeps ? next : undefined;
};
