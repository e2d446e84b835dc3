import type { Part } from './build-session.ts';
import type { Demand } from './demand.ts';
import { buildAt, type Draft, type Placed, toPlaced, withoutPlaced, withPlaced } from './draft.ts';
import { fits, replaced, servedBy } from './fit.ts';
import { stillStands } from './keep-sessions.ts';
import { beside, targetMsOf } from './part-targets.ts';
import { occurrencesIn } from './place-demand.ts';
import { later } from './refine.ts';

const SECOND_MS = 1000;

/** What a session that serves these demands is filled with: with its margin, then without. */
const fillsOf = (draft: Draft, demands: readonly Demand[]): Part[][] => {
  const campaigns = [...new Set(demands.map(({ rule }) => rule.campaign))];
  const besideMs = beside(draft, campaigns);
  return [draft.input.settings.marginS * SECOND_MS, 0].map((moreMs) =>
    campaigns.map((campaign) => {
      const own = demands.filter(({ rule }) => rule.campaign === campaign);
      const targets = own.map((demand) => targetMsOf(demand, besideMs));
      return { campaigns: [campaign], targetMs: Math.max(...targets) + moreMs, order: 'turn' };
    }),
  );
};

/**
 * The session as it would be filled now, at its start: as one that was staggered to it, or as one that
 * was not. Its start is final: a fill for which there is no room at it is not taken.
 */
const again = function* (draft: Draft, from: Placed, wanted: readonly Demand[]): Generator<Placed> {
  const staggerMs = draft.input.settings.staggerS * SECOND_MS;
  const rest = withoutPlaced(draft, from);
  for (const parts of fillsOf(draft, wanted)) {
    for (const byMs of staggerMs === 0 ? [0] : [staggerMs, 0]) {
      const built = buildAt(rest, from.startMs - byMs, parts);
      const placed = built && later(rest, built, byMs);
      if (placed !== undefined) yield placed;
    }
  }
};

/** The sessions of the playlist before that something is still wanted of, as they were. */
const stillWanted = (empty: Draft, demands: readonly Demand[]): Draft => {
  let draft = empty;
  for (const session of empty.input.previous?.sessions ?? []) {
    const placed = toPlaced(session, null);
    const isWanted = servedBy(draft, placed, demands).some(
      (demand) => occurrencesIn(draft, demand).length < demand.occurrences,
    );
    if (isWanted && fits(draft, placed, demands)) draft = withPlaced(draft, placed);
  }
  return draft;
};

/**
 * The draft with the sessions of the playlist before, each at its own start, as far as something is
 * still wanted of them; filled anew where that fits as well, so that new bulletins come in without
 * moving anything. Source: AIRTIME.md, 5 ("A small change of input gives a small change of plan").
 */
export const asBefore = (empty: Draft, demands: readonly Demand[]): Draft => {
  let draft = stillWanted(empty, demands);
  const found = draft.placed.filter((each) => !empty.placed.includes(each));
  for (const from of found) {
    const wanted = servedBy(draft, from, demands);
    const next = again(draft, from, wanted)
      .map((to) => replaced(draft, { from, to }, demands))
      .find((each) => each !== undefined);
    const stands = from.session.slots.every(stillStands(draft.input, from.startMs));
    draft = next ?? (stands ? draft : withoutPlaced(draft, from));
  }
  return draft;
};
