import { judgeCaps } from '#core/airtime/caps.ts';
import { judge } from '#core/airtime/judge.ts';
import type { JudgedSpeaker, JudgeInput } from '#core/airtime/judge-input.ts';
import type { RuleProblem } from '#core/airtime/rule-check.ts';
import { addDays, localDayAt } from '#runtime/day-table.ts';
import type { Speaker } from '#schemas/entities/site.ts';
import type { LocalDay } from '#schemas/primitives.ts';
import { ok, type Result } from '#schemas/result.ts';
import type { CapFinding, LogFinding, UnitVerdict, Verdict } from '#schemas/verdict.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { StoredFinding } from '../ports/store.ts';
import { type JudgeFacts, readJudgeFacts } from './judge-facts.ts';
import { offDayVerdicts } from './off-day-verdicts.ts';
import { plannedSessions } from './planned-sessions.ts';
import { readLogWindow } from './read-log-window.ts';

/** Judgements that are remembered; the one that was asked for longest ago goes first. */
const MAX_REMEMBERED = 64;
/** A judgement of what is not over yet is made anew after this long. */
const FRESH_MS = 30_000;

/** What the logs say of every period that holds the day, and of the caps on that day. */
export interface DayJudgement {
  readonly day: LocalDay;
  /** The instant of judging, in epoch milliseconds. */
  readonly judgedMs: number;
  readonly verdicts: readonly Verdict[];
  readonly units: readonly UnitVerdict[];
  readonly logFindings: readonly LogFinding[];
  readonly capFindings: readonly CapFinding[];
  /** What was refused into a log, and contradictions that end one. */
  readonly findings: readonly StoredFinding[];
}

export type JudgeDay = (day: LocalDay) => Promise<Result<DayJudgement, RuleProblem>>;

type Ports = Pick<ServerPorts, 'store' | 'clock'>;

/**
 * Holds the rules against the stored records, on demand. An answer is remembered as long as nothing
 * it was made from has changed: records are the truth, and verdicts are nowhere stored.
 * Errors: ruleEndsBeforeStart, ruleIncomplete. Source: AIRTIME.md, 4.
 */
export const createJudgeDay = (ports: Ports): JudgeDay => {
  const remembered = new Map<string, DayJudgement>();
  return async (day) => {
    const facts = await readJudgeFacts(ports, day);
    const known = remembered.get(facts.key);
    remembered.delete(facts.key);
    if (known !== undefined && isFresh(known, facts)) {
      remembered.set(facts.key, known);
      return ok(known);
    }
    const judged = await judgeFacts(ports, facts);
    if (!judged.ok) return judged;
    remembered.set(facts.key, judged.value);
    const [oldest] = remembered.keys();
    if (remembered.size > MAX_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
    return judged;
  };
};

const isFresh = (known: DayJudgement, { nowMs, table }: JudgeFacts): boolean => {
  const endMs = table.at(-1)?.endMs ?? Number.POSITIVE_INFINITY;
  return known.judgedMs >= endMs || nowMs - known.judgedMs < FRESH_MS;
};

const judgeFacts = async (
  { store }: Ports,
  facts: JudgeFacts,
): Promise<Result<DayJudgement, RuleProblem>> => {
  const { day, nowMs, table, zone } = facts;
  const { speakers, findings } = await readLogs(store, facts);
  const input: JudgeInput = { ...facts.rest, table, speakers, nowMs };
  const judged = judge(input);
  if (!judged.ok) return judged;
  const offDay = facts.speakers
    .filter((speaker) => isOffDay(speaker, day, zone))
    .map(({ id, unit }) => ({ speaker: id, unit }));
  const off = offDayVerdicts(input, day, offDay);
  if (!off.ok) return off;
  const holdsDay = ({ period }: Verdict | UnitVerdict) => period.from <= day && day <= period.to;
  return ok({
    day,
    judgedMs: nowMs,
    verdicts: [...judged.value.verdicts.filter(holdsDay), ...off.value],
    units: judged.value.units.filter(holdsDay),
    logFindings: judged.value.findings,
    capFindings: capFindingsOn(facts, speakers),
    findings,
  });
};

interface ReadLogs {
  readonly speakers: readonly JudgedSpeaker[];
  readonly findings: readonly StoredFinding[];
}

const readLogs = async (
  store: Ports['store'],
  { table, zone, speakers: known }: JudgeFacts,
): Promise<ReadLogs> => {
  const days = table.map((row) => row.day);
  const speakers: JudgedSpeaker[] = [];
  const findings: StoredFinding[] = [];
  for (const speaker of known) {
    const window = await readLogWindow(store, speaker.id, table[0]?.startMs ?? 0);
    findings.push(...window.findings);
    const planned = await plannedSessions(store, speaker.id, days);
    const stays = staysOf(speaker, zone, 1);
    speakers.push({ speaker: speaker.id, stays, log: window.records, planned });
  }
  return { speakers, findings };
};

/** Caps bind on a first and a last day too. What is counted by the week is shown on each of its days. */
const capFindingsOn = (
  facts: JudgeFacts,
  judged: readonly JudgedSpeaker[],
): readonly CapFinding[] => {
  const { day, zone, table, nowMs, caps, rest } = facts;
  const byId = new Map(facts.speakers.map((speaker) => [speaker.id, speaker]));
  const speakers = judged.map((one) => {
    const known = byId.get(one.speaker);
    return known === undefined ? one : { ...one, stays: staysOf(known, zone, 0) };
  });
  const found = judgeCaps({ caps, table, units: rest.units, speakers, nowMs });
  return found.filter(({ code, day: on }) =>
    code === 'maxDaysPerWeek' ? on <= day && day < addDays(on, 7) : on === day,
  );
};

const isOffDay = (speaker: Speaker, day: LocalDay, zone: string): boolean =>
  [speaker.enrolledMs, speaker.removedMs].some(
    (atMs) => atMs !== null && localDayAt(atMs, zone) === day,
  );

/**
 * When a speaker stood in its unit, less so many days at either end: it owes nothing on the days on
 * which it was enrolled and removed. Source: AIRTIME.md, 3.
 */
const staysOf = (speaker: Speaker, zone: string, less: number): JudgedSpeaker['stays'] => {
  const { unit, enrolledMs, removedMs } = speaker;
  if (enrolledMs === null) return [];
  const from = addDays(localDayAt(enrolledMs, zone), less);
  const to = removedMs === null ? null : addDays(localDayAt(removedMs, zone), -less);
  return to !== null && to < from ? [] : [{ unit, from, to }];
};
