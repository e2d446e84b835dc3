import { neededMsOf } from '#core/airtime/occurrences.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import type { Session, Slot } from '#schemas/playlist.ts';
import type { Interval } from '#schemas/primitives.ts';

const isPlain = (slot: Slot): boolean => slot.priority !== 'emergency';

const isOfCampaign =
  ({ campaign }: AirtimeRule) =>
  (slot: Slot): boolean =>
    isPlain(slot) && slot.campaigns.includes(campaign);

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;

/**
 * The slots of a session that count for a rule, every slot sounding whole: those of its campaign; with
 * `counts: 'session'` all, when any of the campaign sounds.
 */
export const countingSlots = (session: Session, rule: AirtimeRule): readonly Slot[] => {
  const isHeard = session.slots.some(isOfCampaign(rule));
  return session.slots.filter(rule.counts === 'session' && isHeard ? isPlain : isOfCampaign(rule));
};

/**
 * The airtime of a planned session's longest run for a rule, every slot sounding whole. Other
 * content is a gap, with `counts: 'session'` it counts when anything of the campaign sounds.
 */
export const longestRunMs = (session: Session, rule: AirtimeRule): number => {
  let longest = 0;
  let run = 0;
  let endedMs = 0;
  for (const slot of countingSlots(session, rule)) {
    const continues = run > 0 && slot.offsetMs - endedMs <= rule.maxGapS * SECOND_MS;
    run = (continues ? run : 0) + slot.durationMs;
    endedMs = slot.offsetMs + slot.durationMs;
    longest = Math.max(longest, run);
  }
  return longest;
};

/** Whether the session, aired as planned, is a qualifying occurrence inside the windows. */
export const qualifies = (
  session: Session,
  rule: AirtimeRule,
  windows: readonly Interval[],
): boolean => {
  const startMs = session.startMs ?? -1;
  const inside = windows.some((window) => window.fromMs <= startMs && startMs < window.toMs);
  return inside && longestRunMs(session, rule) >= neededMsOf(rule);
};

/** Whether a start keeps the rule's spacing to all of these starts. */
export const keepsSpacing = (
  startMs: number,
  others: readonly number[],
  rule: AirtimeRule,
): boolean => others.every((other) => Math.abs(startMs - other) >= rule.minSpacingMin * MINUTE_MS);

/**
 * Of ascending starts, the most that keep the rule's spacing to one another and to those `before`,
 * earliest first.
 */
export const spacedStarts = (
  starts: readonly number[],
  rule: AirtimeRule,
  before: readonly number[],
): number[] => {
  const spaced: number[] = [];
  for (const startMs of starts) {
    if (keepsSpacing(startMs, [...before, ...spaced], rule)) spaced.push(startMs);
  }
  return spaced;
};
