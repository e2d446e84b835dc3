import type { Verdict } from '#schemas/verdict.ts';
import { gapInReach } from './contiguity.ts';
import { type ExemptionSources, exemptionOf, isSameExemption } from './exemption.ts';
import type { Membership } from './membership.ts';
import { excuseOf, lockedSeqOf, type Orders } from './orders.ts';
import type { Period } from './periods.ts';
import type { SpeakerLog } from './speaker-log.ts';
import { boundsOf, type VerdictFacts, verdictOf } from './verdict.ts';

/** One rule in one period for one speaker that it binds. */
export interface BoundPeriod {
  readonly period: Period;
  readonly membership: Membership;
}

/** A bound period with what decided about it, and the verdict. */
export interface Cell extends BoundPeriod {
  readonly facts: VerdictFacts;
  readonly verdict: Verdict;
}

/**
 * The verdict of a bound period: the one function by which a whole campaign is judged, and whatever
 * a late record touches.
 */
export const judgeCell = (bound: BoundPeriod, heard: SpeakerLog, facts: VerdictFacts): Cell => ({
  period: bound.period,
  membership: bound.membership,
  facts,
  verdict: verdictOf(bound.period, heard, facts),
});

/** All that decides about a bound period besides what sounded on its days. */
export const factsOf = (
  { period, membership }: BoundPeriod,
  heard: SpeakerLog,
  { orders, sources }: { readonly orders: Orders; readonly sources: ExemptionSources },
): VerdictFacts => {
  const bounds = boundsOf(period);
  const { speaker } = heard.speaker;
  return {
    owedDays: membership.owedDays,
    exemption: exemptionOf(period, heard.speaker, sources),
    excuse: excuseOf(period, speaker, orders),
    lockedSeq: lockedSeqOf(period, speaker, orders),
    gap: gapInReach(heard.reach, bounds),
    isOver: orders.nowMs >= bounds.toMs,
  };
};

/** Whether the same sounds would be judged in the same way. */
export const isSameFacts = (a: VerdictFacts, b: VerdictFacts): boolean =>
  a.gap === b.gap &&
  a.isOver === b.isOver &&
  a.excuse === b.excuse &&
  a.lockedSeq === b.lockedSeq &&
  isSameExemption(a.exemption, b.exemption);
