import { judge } from '#core/airtime/judge.ts';
import { canonicalJson } from '#core/canonical-json.ts';
import type { LocalDay } from '#schemas/primitives.ts';
import { ok, type Result } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { JudgeProblem, JudgeWeek, WeekJudgement } from '../ports/verdicts.ts';
import { judgeCapsOf } from './judge-caps.ts';
import { type JudgeFacts, mondayBefore, readJudgeFacts } from './judge-facts.ts';
import { type ReadLog, readJudgedLog } from './read-judged-log.ts';
import { toWeekJudgement } from './week-judgement.ts';

/** Judgements that are remembered; the one that was asked for longest ago goes first. */
const MAX_REMEMBERED = 64;
/** A judgement of what is not over yet is made anew after this long. */
const FRESH_MS = 30_000;

type Ports = Pick<ServerPorts, 'store' | 'clock'>;

/**
 * Holds the rules against the stored records for any week, on demand. An answer is remembered as
 * long as nothing it was made from has changed: records are the truth, and verdicts are nowhere
 * stored. Errors: ruleEndsBeforeStart, ruleIncomplete. Source: AIRTIME.md, 4.
 */
export const createJudgeWeek = (ports: Ports): JudgeWeek => {
  const remembered = new Map<string, WeekJudgement>();
  return async (day) => {
    const facts = await readJudgeFacts(ports, [day]);
    const key = await keyOf(ports, facts, day);
    const known = remembered.get(key);
    remembered.delete(key);
    if (known !== undefined && isFresh(known, facts)) {
      remembered.set(key, known);
      return ok(known);
    }
    const judged = await judgeFacts(ports, facts, mondayBefore(day));
    if (!judged.ok) return judged;
    remembered.set(key, judged.value);
    const [oldest] = remembered.keys();
    if (remembered.size > MAX_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
    return judged;
  };
};

/** Equal for equal facts, and changes with the log, the plan and the findings of any speaker. */
const keyOf = async (
  { store }: Ports,
  { zone, table, speakers, caps, rest }: JudgeFacts,
  day: LocalDay,
): Promise<string> => {
  const marks = await Promise.all(
    speakers.map(async ({ id }) => {
      const [head, pointer, findings] = await Promise.all([
        store.logHead(id),
        store.pointerOf(id),
        store.findings(id),
      ]);
      return [head.hash, pointer?.revision ?? 0, findings.length];
    }),
  );
  const { rules, units, excuses, locks } = rest;
  const lockedMs = locks.map((lock) => lock.lockedMs);
  const days = [mondayBefore(day), table.length, table[0]?.day ?? null];
  return canonicalJson([
    days,
    zone,
    rules,
    caps,
    units.map((unit) => ({ ...unit })),
    excuses,
    lockedMs,
    speakers,
    marks,
  ]);
};

const isFresh = (known: WeekJudgement, { nowMs, table }: JudgeFacts): boolean => {
  const endMs = table.at(-1)?.endMs ?? Number.POSITIVE_INFINITY;
  return known.judgedMs >= endMs || nowMs - known.judgedMs < FRESH_MS;
};

const judgeFacts = async (
  { store }: Ports,
  facts: JudgeFacts,
  monday: LocalDay,
): Promise<Result<WeekJudgement, JudgeProblem>> => {
  const { nowMs, table } = facts;
  const logs: ReadLog[] = [];
  for (const speaker of facts.speakers) logs.push(await readJudgedLog(store, facts, speaker));
  const speakers = logs.map((log) => log.judged);
  const judgement = judge({ ...facts.rest, table, speakers, nowMs });
  if (!judgement.ok) return judgement;
  const judged = {
    facts,
    nowMs,
    judgement: judgement.value,
    logOf: (id: string) => speakers.find(({ speaker }) => speaker === id),
    capFindings: judgeCapsOf(facts, speakers),
    findings: logs.flatMap(({ findings }) => findings),
  };
  return toWeekJudgement(judged, monday);
};
