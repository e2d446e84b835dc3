import { judgeCaps } from '#core/airtime/caps.ts';
import type { JudgedSpeaker } from '#core/airtime/judge-input.ts';
import type { LocalDay } from '#schemas/primitives.ts';
import type { CapFinding } from '#schemas/verdict.ts';
import { type JudgeFacts, mondayBefore } from './judge-facts.ts';
import { staysOf } from './speaker-stays.ts';

/** Every breach in the days of the facts. Caps bind on a speaker's first and last day too. */
export const judgeCapsOf = (
  facts: JudgeFacts,
  judged: readonly JudgedSpeaker[],
): readonly CapFinding[] => {
  const { zone, table, nowMs, caps, rest } = facts;
  const byId = new Map(facts.speakers.map((speaker) => [speaker.id, speaker]));
  const speakers = judged.map((one) => {
    const known = byId.get(one.speaker);
    return known === undefined ? one : { ...one, stays: staysOf(known, zone, 0) };
  });
  return judgeCaps({ caps, table, units: rest.units, speakers, nowMs });
};

/**
 * Whether a breach is shown with a day. Too many days in a week concern each day of that week, on
 * whichever of them the counting began; any other breach concerns its own day.
 */
export const concernsDay = ({ code, day: found }: CapFinding, day: LocalDay): boolean =>
  code === 'maxDaysPerWeek' ? mondayBefore(found) === mondayBefore(day) : found === day;
