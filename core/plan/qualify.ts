import { neededMsOf } from '#core/airtime/occurrences.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import type { Session } from '#schemas/playlist.ts';
import type { Interval } from '#schemas/primitives.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;

/**
 * The airtime of a planned session's longest run for a rule, every slot sounding whole. Other
 * content is a gap. With `counts: 'session'` this is less than what the judge will find, never more.
 */
export const longestRunMs = (session: Session, rule: AirtimeRule): number => {
  let longest = 0;
  let run = 0;
  let endedMs = 0;
  for (const slot of session.slots) {
    if (!slot.campaigns.includes(rule.campaign) || slot.priority === 'emergency') continue;
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

/** Of ascending starts, the most that keep the rule's spacing to one another, earliest first. */
export const spacedStarts = (starts: readonly number[], rule: AirtimeRule): number[] => {
  const spaced: number[] = [];
  for (const startMs of starts) if (keepsSpacing(startMs, spaced, rule)) spaced.push(startMs);
  return spaced;
};
