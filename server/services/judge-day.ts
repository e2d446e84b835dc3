import { judgeCaps } from '#core/airtime/caps.ts';
import { dayToNumber } from '#core/airtime/day-number.ts';
import { judge } from '#core/airtime/judge.ts';
import type { JudgedSpeaker, JudgeInput } from '#core/airtime/judge-input.ts';
import type { RuleProblem } from '#core/airtime/rule-check.ts';
import { canonicalJson } from '#core/canonical-json.ts';
import type { DayTable } from '#core/local-time.ts';
import { addDays, createDayTable, localDayAt } from '#runtime/day-table.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import type { Speaker } from '#schemas/entities/site.ts';
import type { LocalDay } from '#schemas/primitives.ts';
import { ok, type Result } from '#schemas/result.ts';
import type { CapFinding, LogFinding, UnitVerdict, Verdict } from '#schemas/verdict.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { StoredFinding } from '../ports/store.ts';
import { knownSite } from './known-site.ts';
import { offDayVerdicts } from './off-day-verdicts.ts';
import { plannedSessions } from './planned-sessions.ts';
import { readLogWindow } from './read-log-window.ts';
import { unitToSpan } from './speaker-scope.ts';

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
    const facts = await readFacts(ports, day);
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

/** All that verdicts of a day are made from, but the records, which are named by their number. */
interface Facts {
  readonly key: string;
  readonly day: LocalDay;
  readonly nowMs: number;
  readonly zone: string;
  readonly table: DayTable;
  readonly speakers: readonly Speaker[];
  readonly rest: Pick<JudgeInput, 'rules' | 'units' | 'excuses' | 'locks'>;
}

const isFresh = (known: DayJudgement, { nowMs, table }: Facts): boolean => {
  const endMs = table.at(-1)?.endMs ?? Number.POSITIVE_INFINITY;
  return known.judgedMs >= endMs || nowMs - known.judgedMs < FRESH_MS;
};

const readFacts = async ({ store, clock }: Ports, day: LocalDay): Promise<Facts> => {
  const { zone } = await knownSite(store);
  const [rules, caps, units, excuses, all] = await Promise.all([
    store.rules(),
    store.caps(),
    store.units(),
    store.excuses(),
    store.speakers(),
  ]);
  const speakers = all.filter(({ enrolledMs }) => enrolledMs !== null);
  const heads = await Promise.all(speakers.map(({ id }) => store.logHead(id)));
  const pointers = await Promise.all(speakers.map(({ id }) => store.pointerOf(id)));
  const found = await Promise.all(speakers.map(({ id }) => store.findings(id)));
  const revisions = pointers.map((pointer) => pointer?.revision ?? 0);
  const counts = found.map((findings) => findings.length);
  const key = canonicalJson([day, zone, rules, caps, units, excuses, speakers, revisions, counts]);
  return {
    key: `${key} ${heads.map(({ hash }) => hash).join(' ')}`,
    day,
    nowMs: Math.floor(clock.wallMs()),
    zone,
    table: judgedTable(zone, day, rules),
    speakers,
    rest: { rules, units: units.map(unitToSpan), excuses, locks: [] },
  };
};

/** The day's week, and the block of days of each rule that counts in blocks. */
const judgedTable = (zone: string, day: LocalDay, rules: readonly AirtimeRule[]): DayTable => {
  const weekday = createDayTable(zone, day, 1)[0]?.weekday ?? 1;
  let from = addDays(day, 1 - weekday);
  let to = addDays(from, 6);
  for (const { per, everyDays, from: first } of rules) {
    if (per !== 'everyDays' || everyDays === null || first > day) continue;
    const into = (dayToNumber(day) - dayToNumber(first)) % everyDays;
    const start = addDays(day, -into);
    const end = addDays(start, everyDays - 1);
    if (start < from) from = start;
    if (end > to) to = end;
  }
  return createDayTable(zone, from, dayToNumber(to) - dayToNumber(from) + 1);
};

const judgeFacts = async (
  { store }: Ports,
  facts: Facts,
): Promise<Result<DayJudgement, RuleProblem>> => {
  const { day, nowMs, table, zone } = facts;
  const fromMs = table[0]?.startMs ?? 0;
  const days = table.map((row) => row.day);
  const speakers: JudgedSpeaker[] = [];
  const findings: StoredFinding[] = [];
  for (const speaker of facts.speakers) {
    const window = await readLogWindow(store, speaker.id, fromMs);
    findings.push(...window.findings);
    const planned = await plannedSessions(store, speaker.id, days);
    const stays = staysOf(speaker, zone);
    speakers.push({ speaker: speaker.id, stays, log: window.records, planned });
  }
  const input: JudgeInput = { ...facts.rest, table, speakers, nowMs };
  const judged = judge(input);
  if (!judged.ok) return judged;
  const offDay = facts.speakers.filter((speaker) => isOffDay(speaker, day, zone));
  const off = offDayVerdicts(
    input,
    day,
    offDay.map(({ id, unit }) => ({ speaker: id, unit })),
  );
  if (!off.ok) return off;
  const { units } = facts.rest;
  const capFindings = judgeCaps({ caps: await store.caps(), table, units, speakers, nowMs });
  const holdsDay = ({ period }: Verdict | UnitVerdict) => period.from <= day && day <= period.to;
  return ok({
    day,
    judgedMs: nowMs,
    verdicts: [...judged.value.verdicts.filter(holdsDay), ...off.value],
    units: judged.value.units.filter(holdsDay),
    logFindings: judged.value.findings,
    capFindings: capFindings.filter((finding) => finding.day === day),
    findings,
  });
};

const isOffDay = (speaker: Speaker, day: LocalDay, zone: string): boolean =>
  [speaker.enrolledMs, speaker.removedMs].some(
    (atMs) => atMs !== null && localDayAt(atMs, zone) === day,
  );

/** A speaker owes nothing on the days on which it was enrolled and removed. Source: AIRTIME.md, 3. */
const staysOf = (speaker: Speaker, zone: string): JudgedSpeaker['stays'] => {
  if (speaker.enrolledMs === null) return [];
  const from = addDays(localDayAt(speaker.enrolledMs, zone), 1);
  const to = speaker.removedMs === null ? null : addDays(localDayAt(speaker.removedMs, zone), -1);
  return to !== null && to < from ? [] : [{ unit: speaker.unit, from, to }];
};
