import { judge } from '#core/airtime/judge.ts';
import { playlistsAsAired } from '#core/airtime/playlist-as-aired.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import type { Playlist } from '#schemas/playlist.ts';
import type { Id } from '#schemas/primitives.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import type { Verdict } from '#schemas/verdict.ts';
import { sessionEndMs } from './build-session.ts';
import { type Demand, demandsOf } from './demand.ts';
import type { DayPlan, PlanInput } from './plan-input.ts';

/** The imagined speaker, and the unit in which it owes every rule by itself. */
const PROOF_ID: Id = '00000000-0000-7000-8000-000000000001';

/** The day's share of a rule as a rule of its own, less what the plan itself says it lacks. */
const dailyRule = (demand: Demand, plan: DayPlan): AirtimeRule[] => {
  const { rule, occurrences } = demand;
  const short = plan.shortfalls.find((shortfall) => shortfall.rule === rule.id);
  const owed = short === undefined ? occurrences : short.placed;
  const alone = { unit: PROOF_ID, scope: 'own', level: null, unlessAired: null } as const;
  const daily = { per: 'day', everyDays: null, versionFrom: rule.from } as const;
  return owed === 0 ? [] : [{ ...rule, ...alone, ...daily, minOccurrences: owed }];
};

/** What the judge says of the day when the playlist is aired exactly. */
const verdictsOf = (input: PlanInput, rules: readonly AirtimeRule[], playlist: Playlist) => {
  const { day } = input;
  const table = input.table.filter((row) => row.day === day);
  const [row] = table;
  if (row === undefined) return [];
  const ends = playlist.sessions.map(sessionEndMs);
  const toMs = Math.max(row.endMs, ...ends) + 1;
  const log = playlistsAsAired([playlist], { speaker: PROOF_ID, fromMs: row.startMs - 1, toMs });
  const stays = [{ unit: PROOF_ID, from: day, to: day }];
  const judged = judge({
    rules,
    table,
    units: [{ unit: PROOF_ID, level: 'village', parent: null, from: day, to: null }],
    speakers: [{ speaker: PROOF_ID, stays, log, planned: [] }],
    excuses: [],
    locks: [],
    nowMs: toMs,
  });
  return judged.ok ? judged.value.verdicts : [];
};

/**
 * The first rule that the judge does not call `met` when the plan is aired exactly as it stands;
 * undefined when all are. What the plan itself tells as a shortfall is not demanded of it. A rule
 * over a longer period is proved for this day's share.
 * Errors: planUnproven. Source: AIRTIME.md, 5 ("checked by the verdict code, not by the planner").
 */
export const provePlan = (
  input: PlanInput,
  plan: DayPlan,
): ProblemOf<'planUnproven'> | undefined => {
  const rules = demandsOf(input).flatMap((demand) => dailyRule(demand, plan));
  const verdicts = verdictsOf(input, rules, plan.playlist);
  for (const { id } of rules) {
    const found: Verdict | undefined = verdicts.find(({ rule }) => rule === id);
    if (found?.verdict !== 'met') {
      const verdict = found?.verdict ?? 'none';
      return { code: 'planUnproven', rule: id, day: input.day, verdict };
    }
  }
  return undefined;
};
