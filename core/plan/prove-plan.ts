import { judgeCaps } from '#core/airtime/caps.ts';
import { judge } from '#core/airtime/judge.ts';
import { playlistsAsAired } from '#core/airtime/playlist-as-aired.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import type { Playlist } from '#schemas/playlist.ts';
import type { Id } from '#schemas/primitives.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { sessionEndMs } from './build-session.ts';
import { type Demand, demandsOf } from './demand.ts';
import { type DayPlan, type PlanInput, SETTLED_LEAD_MS } from './plan-input.ts';

type Unproven = ProblemOf<'planUnproven'>;

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

/** The day on which one speaker airs the playlist exactly, as the judge looks at it. */
const asAired = (input: PlanInput, playlist: Playlist) => {
  const { day } = input;
  const table = input.table.filter((row) => row.day === day);
  const fromMs = (table[0]?.startMs ?? 0) - 1;
  const toMs = Math.max(table[0]?.endMs ?? 0, ...playlist.sessions.map(sessionEndMs)) + 1;
  const log = playlistsAsAired([playlist], { speaker: PROOF_ID, fromMs, toMs });
  const stays = [{ unit: PROOF_ID, from: day, to: day }];
  return {
    table,
    units: [{ unit: PROOF_ID, level: 'village', parent: null, from: day, to: null }] as const,
    speakers: [{ speaker: PROOF_ID, stays, log, planned: [] }],
    excuses: [],
    locks: [],
    nowMs: toMs,
  };
};

/** The first rule that is not `met`. */
const ruleUnproven = (input: PlanInput, plan: DayPlan): Unproven | undefined => {
  const rules = demandsOf(input).flatMap((demand) => dailyRule(demand, plan));
  const judged = judge({ rules, ...asAired(input, plan.playlist) });
  const verdicts = judged.ok ? judged.value.verdicts : [];
  for (const { id } of rules) {
    const verdict = verdicts.find(({ rule }) => rule === id)?.verdict ?? 'none';
    if (verdict !== 'met') return { code: 'planUnproven', rule: id, day: input.day, verdict };
  }
  return undefined;
};

const unlimited = {
  maxSessionsPerDay: null,
  maxDaysPerWeek: null,
  maxSessionMinutes: null,
  maxDayMinutes: null,
  forbiddenWeekdays: [],
};

/** The first cap that is broken; quiet hours are one of them. */
const capBroken = (input: PlanInput, plan: DayPlan): Unproven | undefined => {
  const { day, quietHours } = input;
  const quiet = { ...unlimited, id: PROOF_ID, unit: PROOF_ID, from: day, to: day };
  const caps = [
    { ...quiet, quietHours: [...quietHours] },
    ...input.caps.map((cap) => ({ ...cap, unit: PROOF_ID })),
  ];
  const [breach] = judgeCaps({ caps, ...asAired(input, plan.playlist) });
  return breach && { code: 'planUnproven', rule: breach.cap, day, verdict: breach.code };
};

/** Whether a session of the playlist before stays as it is. */
const hasSettled = ({ previous, nowMs }: PlanInput): boolean =>
  previous?.sessions.some(({ startMs }) => (startMs ?? 0) < nowMs + SETTLED_LEAD_MS) ?? false;

/**
 * The first rule that the judge does not call `met`, or cap that it finds broken, when the plan is
 * aired exactly as it stands; undefined when there is none. What the plan itself tells as a
 * shortfall is not demanded of it, and a session that had begun before may break a cap that is new.
 * A rule over a longer period is proved for this day's share.
 * Errors: planUnproven. Source: AIRTIME.md, 5 ("checked by the verdict code, not by the planner").
 */
export const provePlan = (input: PlanInput, plan: DayPlan): Unproven | undefined =>
  ruleUnproven(input, plan) ?? (hasSettled(input) ? undefined : capBroken(input, plan));
