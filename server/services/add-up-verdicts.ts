import { judge } from '#core/airtime/judge.ts';
import type { JudgedSpeaker } from '#core/airtime/judge-input.ts';
import { createUnitTree } from '#core/airtime/unit-tree.ts';
import { type TreeTotals, treeTotals } from '#core/airtime/verdict-totals.ts';
import { breathe } from '#runtime/clock.ts';
import { addDays, localDayAt } from '#runtime/day-table.ts';
import { campaignSpan, type DaySpan, spanToTable } from '#runtime/judged-table.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import type { Speaker } from '#schemas/entities/site.ts';
import type { LocalDay } from '#schemas/primitives.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { Verdict } from '#schemas/verdict.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { JudgeProblem } from '../ports/verdicts.ts';
import { type JudgeFacts, mondayBefore, readJudgeFacts } from './judge-facts.ts';
import { readJudgedLog } from './read-judged-log.ts';

/** The logs of so many speakers are in memory at once, where no speaker can exempt another. */
const SPEAKERS_AT_A_TIME = 20;

export interface WantedTotals {
  readonly rule: string;
  /** The week that holds `day`, or the whole rule so far. */
  readonly span: 'week' | 'all';
  readonly day: LocalDay;
}

/** Verdicts of one rule added up over `[from, to]`, both included. */
export interface DescribedTotals extends TreeTotals, DaySpan {
  readonly rule: string;
}

type Ports = Pick<ServerPorts, 'store' | 'clock' | 'verdicts'>;

/**
 * How often the verdicts of a rule came out how, and what is lacking, for each speaker and each unit
 * up to the top: over a week, or over all periods that have begun. Errors: notFound (the rule),
 * ruleEndsBeforeStart, ruleIncomplete. Source: AIRTIME.md, 4 (totals).
 */
export const addUpVerdicts = async (
  ports: Ports,
  { rule, span, day }: WantedTotals,
): Promise<Result<DescribedTotals, JudgeProblem | ProblemOf<'notFound'>>> => {
  const { store, clock, verdicts } = ports;
  const facts = await readJudgeFacts(ports, [day]);
  if (!facts.rest.rules.some(({ id }) => id === rule)) {
    return refuse({ code: 'notFound', what: 'rule', id: rule });
  }
  const today = localDayAt(clock.wallMs(), facts.zone);
  const versions = facts.rest.rules.filter(({ id }) => id === rule);
  const days = span === 'week' ? weekOf(day) : (campaignSpan(today, versions) ?? weekOf(today));
  const judged =
    span === 'week' ? await verdicts.judgeWeek(day) : await judgeAll(store, facts, { rule, days });
  if (!judged.ok) return judged;
  const unitBySpeaker = new Map(facts.speakers.map((speaker) => [speaker.id, speaker.unit]));
  const of = judged.value.verdicts.filter((verdict) => verdict.rule === rule);
  const totals = treeTotals(of, createUnitTree(facts.rest.units), (id) => unitBySpeaker.get(id));
  return ok({ rule, ...days, ...totals });
};

/** Days from a Monday to its Sunday. */
const TO_SUNDAY = 6;

const weekOf = (day: LocalDay): DaySpan => {
  const from = mondayBefore(day);
  return { from, to: addDays(from, TO_SUNDAY) };
};

interface Judged {
  readonly verdicts: readonly Verdict[];
}

const judgeAll = async (
  store: Ports['store'],
  facts: JudgeFacts,
  { rule, days }: { readonly rule: string; readonly days: DaySpan },
): Promise<Result<Judged, JudgeProblem>> => {
  const table = spanToTable(facts.zone, days);
  const rules = chainOf(facts.rest.rules, rule);
  const mayExempt = rules.some(({ unlessAired }) => unlessAired !== null);
  const size = mayExempt ? Math.max(1, facts.speakers.length) : SPEAKERS_AT_A_TIME;
  const verdicts: Verdict[] = [];
  for (let at = 0; at < facts.speakers.length; at += size) {
    const speakers = await readLogs(
      store,
      { ...facts, table },
      facts.speakers.slice(at, at + size),
    );
    const judged = judge({ ...facts.rest, rules, table, speakers, nowMs: facts.nowMs });
    if (!judged.ok) return judged;
    verdicts.push(...judged.value.verdicts);
  }
  return ok({ verdicts });
};

const readLogs = async (store: Ports['store'], facts: JudgeFacts, speakers: readonly Speaker[]) => {
  const read: JudgedSpeaker[] = [];
  for (const speaker of speakers) {
    await breathe();
    read.push((await readJudgedLog(store, facts, speaker)).judged);
  }
  return read;
};

/** The versions of a rule and of those that could exempt from it. */
const chainOf = (rules: readonly AirtimeRule[], rule: string): readonly AirtimeRule[] => {
  const wanted = new Set([rule]);
  for (const id of wanted) {
    for (const { id: known, unlessAired } of rules) {
      if (known === id && unlessAired !== null) wanted.add(unlessAired);
    }
  }
  return rules.filter(({ id }) => wanted.has(id));
};
