import { neededMsOf } from '#core/airtime/occurrences.ts';
import type { Interval } from '#schemas/primitives.ts';
import { openStretches } from './day-frame.ts';
import type { Demand } from './demand.ts';
import { buildAt, type Draft, keepsCaps, type Placed, withoutPlaced, withPlaced } from './draft.ts';
import { findStart } from './find-start.ts';
import { beside, partsFor } from './part-targets.ts';
import { earlierStarts } from './planned-occurrences.ts';
import { keepsSpacing, qualifies, spacedStarts } from './qualify.ts';
import { spreadOver } from './spread.ts';

/** Whether a campaign gets sessions of its own, or joins the sessions of others first. */
export type Manner = 'apart' | 'blended';

/** The starts of the draft's sessions that are occurrences of the demand. */
export const occurrencesIn = (draft: Draft, demand: Demand): number[] => {
  const windows = draft.frame.windowsOf(demand.rule);
  const starts = draft.placed
    .filter((placed) => qualifies(placed.session, demand.rule, windows))
    .map((placed) => placed.startMs);
  return spacedStarts(starts, demand.rule, earlierStarts(draft.input, demand.rule));
};

/** The starts to which a further occurrence of the demand keeps its spacing. */
const neighboursOf = (draft: Draft, demand: Demand): number[] => [
  ...earlierStarts(draft.input, demand.rule),
  ...occurrencesIn(draft, demand),
];

/** The windows in which a session of the demand could still begin and end. */
const usableWindows = (draft: Draft, demand: Demand): Interval[] =>
  draft.frame
    .windowsOf(demand.rule)
    .filter((window) =>
      openStretches(draft.frame, [window]).some(
        (open) => open.toMs - Math.max(open.fromMs, draft.openFromMs) >= neededMsOf(demand.rule),
      ),
    );

const addApart = (
  draft: Draft,
  demand: Demand,
  place: { window: Interval; fromMs: number },
): Draft | undefined => {
  const others = neighboursOf(draft, demand);
  const otherMs = beside(draft, [demand.rule.campaign]);
  for (const part of partsFor(draft.input, demand, otherMs)) {
    const found = findStart(draft, { rule: demand.rule, parts: [part], others, ...place });
    if (found !== undefined) return withPlaced(draft, found);
  }
  return undefined;
};

/** The first session of the window that has room for the demand's run as well, with it. */
const addBlended = (draft: Draft, demand: Demand, window: Interval): Draft | undefined => {
  const others = neighboursOf(draft, demand);
  for (const host of draft.placed) {
    const { parts, startMs } = host;
    if (parts === null || startMs < window.fromMs || startMs >= window.toMs) continue;
    if (others.includes(startMs) || !keepsSpacing(startMs, others, demand.rule)) continue;
    const rest = withoutPlaced(draft, host);
    for (const part of partsFor(draft.input, demand, host.endMs - startMs)) {
      const grown = buildAt(rest, startMs, [...parts, part]);
      if (grown !== undefined && stands(rest, grown, window)) return withPlaced(rest, grown);
    }
  }
  return undefined;
};

const stands = (rest: Draft, grown: Placed, window: Interval): boolean => {
  const touches = (each: Interval) => each.fromMs < grown.endMs && each.toMs > grown.startMs;
  const placed = rest.placed.map((each) => ({ fromMs: each.startMs, toMs: each.endMs }));
  return (
    grown.endMs <= window.toMs &&
    ![...rest.frame.blocked, ...placed].some(touches) &&
    keepsCaps(rest, grown)
  );
};

const add = (
  draft: Draft,
  demand: Demand,
  place: { window: Interval; fromMs: number; manner: Manner },
): Draft | undefined => {
  const { window, fromMs, manner } = place;
  const blended = manner === 'blended' ? addBlended(draft, demand, window) : undefined;
  return blended ?? addApart(draft, demand, { window, fromMs });
};

/** First each usable window gets its share, where it should lie; what is owed then goes anywhere. */
const tries = (draft: Draft, demand: Demand) => {
  const windows = usableWindows(draft, demand);
  const before = occurrencesIn(draft, demand);
  const within = (window: Interval) =>
    before.filter((startMs) => window.fromMs <= startMs && startMs < window.toMs).length;
  const elsewhere = before.length - windows.reduce((sum, window) => sum + within(window), 0);
  const shares = spreadOver(Math.max(0, demand.occurrences - elsewhere), windows);
  const first = shares.flatMap(({ window, starts }) =>
    starts.slice(within(window)).map((fromMs) => ({ window, fromMs })),
  );
  const anywhere = windows.flatMap((window) =>
    Array.from({ length: demand.occurrences }, () => ({ window, fromMs: window.fromMs })),
  );
  return [...first, ...anywhere];
};

/**
 * The draft with as many occurrences of the demand as it lacked and as could be placed. What stands
 * in it already counts. Source: AIRTIME.md, 5.
 */
export const placeDemand = (draft: Draft, demand: Demand, manner: Manner): Draft => {
  let current = draft;
  for (const place of tries(draft, demand)) {
    if (occurrencesIn(current, demand).length >= demand.occurrences) break;
    current = add(current, demand, { ...place, manner }) ?? current;
  }
  return current;
};
