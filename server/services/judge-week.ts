import { judge } from '#core/airtime/judge.ts';
import type { JudgedSpeaker, JudgeInput } from '#core/airtime/judge-input.ts';
import type { RuleProblem } from '#core/airtime/rule-check.ts';
import { addDays } from '#runtime/day-table.ts';
import type { LocalDay } from '#schemas/primitives.ts';
import { ok, type Result } from '#schemas/result.ts';
import type { CapFinding, LogFinding, UnitVerdict, Verdict } from '#schemas/verdict.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { StoredFinding } from '../ports/store.ts';
import { judgeCapsOf } from './judge-caps.ts';
import { type JudgeFacts, readJudgeFacts } from './judge-facts.ts';
import { offDaySpeakers, offDayVerdicts } from './off-day-verdicts.ts';
import { plannedSessions } from './planned-sessions.ts';
import { readLogWindow } from './read-log-window.ts';
import { staysOf } from './speaker-stays.ts';

/** Judgements that are remembered; the one that was asked for longest ago goes first. */
const MAX_REMEMBERED = 64;
/** A judgement of what is not over yet is made anew after this long. */
const FRESH_MS = 30_000;

/** What the logs say of every period that holds a day of the week, and of the caps in the week. */
export interface WeekJudgement {
  readonly monday: LocalDay;
  /** The instant of judging, in epoch milliseconds. */
  readonly judgedMs: number;
  readonly verdicts: readonly Verdict[];
  readonly units: readonly UnitVerdict[];
  readonly logFindings: readonly LogFinding[];
  readonly capFindings: readonly CapFinding[];
  /** What was refused into a log, and contradictions that end one. */
  readonly findings: readonly StoredFinding[];
}

export type JudgeWeek = (day: LocalDay) => Promise<Result<WeekJudgement, RuleProblem>>;

type Ports = Pick<ServerPorts, 'store' | 'clock'>;

/**
 * Holds the rules against the stored records for the week that holds a day, on demand. An answer is
 * remembered as long as nothing it was made from has changed: records are the truth, and verdicts
 * are nowhere stored. Errors: ruleEndsBeforeStart, ruleIncomplete. Source: AIRTIME.md, 4.
 */
export const createJudgeWeek = (ports: Ports): JudgeWeek => {
  const remembered = new Map<string, WeekJudgement>();
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

const isFresh = (known: WeekJudgement, { nowMs, table }: JudgeFacts): boolean => {
  const endMs = table.at(-1)?.endMs ?? Number.POSITIVE_INFINITY;
  return known.judgedMs >= endMs || nowMs - known.judgedMs < FRESH_MS;
};

const judgeFacts = async (
  { store }: Ports,
  facts: JudgeFacts,
): Promise<Result<WeekJudgement, RuleProblem>> => {
  const { monday, nowMs, table, zone } = facts;
  const { speakers, findings } = await readLogs(store, facts);
  const input: JudgeInput = { ...facts.rest, table, speakers, nowMs };
  const judged = judge(input);
  if (!judged.ok) return judged;
  const verdicts = [...judged.value.verdicts];
  for (const [day, there] of offDaySpeakers(facts.speakers, zone)) {
    const off = offDayVerdicts(input, day, there);
    if (!off.ok) return off;
    verdicts.push(...off.value);
  }
  const sunday = addDays(monday, 6);
  const isOfWeek = ({ period }: Verdict | UnitVerdict) =>
    period.from <= sunday && period.to >= monday;
  const capFindings = judgeCapsOf(facts, speakers);
  return ok({
    monday,
    judgedMs: nowMs,
    verdicts: verdicts.filter(isOfWeek),
    units: judged.value.units.filter(isOfWeek),
    logFindings: judged.value.findings,
    capFindings: capFindings.filter(({ day }) => monday <= day && day <= sunday),
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
