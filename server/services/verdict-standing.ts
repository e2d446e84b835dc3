import type { JudgedSpeaker } from '#core/airtime/judge-input.ts';
import { openStanding, type Standing } from '#core/airtime/standing.ts';
import { breathe } from '#runtime/clock.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import { ok, type Result } from '#schemas/result.ts';
import type { CapFinding, Verdict } from '#schemas/verdict.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import { MAX_LIST, type StoredFinding } from '../ports/store.ts';
import type { JudgeProblem } from '../ports/verdicts.ts';
import { judgeCapsOf } from './judge-caps.ts';
import type { JudgeFacts } from './judge-facts.ts';
import { plannedSessions } from './planned-sessions.ts';
import { daysOf, readJudgedLog } from './read-judged-log.ts';

type Ports = Pick<ServerPorts, 'store' | 'clock'>;

/** A speaker as it stands: all of its log that the days depend on, and its breaches of caps. */
interface StoodSpeaker {
  readonly judged: JudgedSpeaker;
  readonly findings: readonly StoredFinding[];
  readonly capFindings: readonly CapFinding[];
}

/** Verdicts of some weeks as they stand. */
export interface StoodVerdicts {
  readonly facts: JudgeFacts;
  readonly standing: Standing;
  readonly speakers: Map<string, StoodSpeaker>;
}

/**
 * Reads all logs of the facts' speakers once and judges them. Errors: ruleEndsBeforeStart,
 * ruleIncomplete.
 */
export const openVerdicts = async (
  { store }: Ports,
  facts: JudgeFacts,
): Promise<Result<StoodVerdicts, JudgeProblem>> => {
  const speakers = new Map<string, StoodSpeaker>();
  for (const speaker of facts.speakers) {
    await breathe();
    const { judged, findings } = await readJudgedLog(store, facts, speaker);
    speakers.set(speaker.id, { judged, findings, capFindings: judgeCapsOf(facts, [judged]) });
  }
  const { table, nowMs } = facts;
  const judged = [...speakers.values()].map((stood) => stood.judged);
  const standing = openStanding({ ...facts.rest, table, speakers: judged, nowMs });
  return standing.ok ? ok({ facts, standing: standing.value, speakers }) : standing;
};

/** What is to be looked at of one speaker: its log, and its plans if those have changed too. */
export interface SpeakerToRead {
  readonly speaker: string;
  readonly isReplanned: boolean;
}

/** Takes in what was stored since of one speaker; gives what was judged anew. */
export const takeNews = async (
  { store, clock }: Ports,
  { facts, standing, speakers }: StoodVerdicts,
  { speaker, isReplanned }: SpeakerToRead,
): Promise<readonly Verdict[]> => {
  const stood = speakers.get(speaker);
  if (stood === undefined) return [];
  const records = await newRecords(store, speaker, stood.judged.log);
  const planned = isReplanned
    ? await plannedSessions(store, speaker, daysOf(facts.table))
    : stood.judged.planned;
  const judged = { ...stood.judged, log: [...stood.judged.log, ...records], planned };
  const findings = await store.findings(speaker);
  const now = { ...facts, nowMs: Math.floor(clock.wallMs()) };
  speakers.set(speaker, { judged, findings, capFindings: judgeCapsOf(now, [judged]) });
  const taken = standing.take(speaker, { records, planned });
  return taken.ok ? taken.value.verdicts : [];
};

/** What the log holds after what is known of it. */
const newRecords = async (
  store: Ports['store'],
  speaker: string,
  known: readonly LogRecord[],
): Promise<readonly LogRecord[]> => {
  const found: LogRecord[] = [];
  let from = (known.at(-1)?.seq ?? 0) + 1;
  for (;;) {
    const page = await store.records(speaker, from, from + MAX_LIST - 1);
    found.push(...page.map(({ record }) => record));
    if (page.length < MAX_LIST) return found;
    from += MAX_LIST;
  }
};
