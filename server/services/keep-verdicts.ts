import { canonicalJson } from '#core/canonical-json.ts';
import { addDays, localDayAt } from '#runtime/day-table.ts';
import type { LocalDay } from '#schemas/primitives.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import { ok, type Result } from '#schemas/result.ts';
import type { Verdict } from '#schemas/verdict.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { Change, EntityName, StoredFinding } from '../ports/store.ts';
import type { JudgeProblem, Verdicts } from '../ports/verdicts.ts';
import { mondayBefore, readJudgeFacts, readOrders } from './judge-facts.ts';
import { createJudgeWeek } from './judge-week.ts';
import { knownSite } from './known-site.ts';
import { logEndsBefore } from './read-log-window.ts';
import { openVerdicts, type StoodVerdicts, takeNews } from './verdict-standing.ts';
import { toWeekJudgement } from './week-judgement.ts';

type Ports = Pick<ServerPorts, 'store' | 'clock'>;

/** All records of two weeks of so many speakers are held in memory; of more, each week is judged on demand. */
const MAX_STOOD_SPEAKERS = 500;
const WEEK_DAYS = 7;

/** After a change of these, everything is opened anew. */
const opensAnew: ReadonlySet<EntityName> = new Set(['site', 'unit', 'speaker', 'rule', 'cap']);

/** A change of anything else touches no verdict. */
const touches: ReadonlySet<EntityName> = new Set([
  ...opensAnew,
  'record',
  'finding',
  'pointer',
  'excuse',
  'lock',
]);

/** What was written and has not been looked at yet. */
interface Noted {
  /** Whose log has grown, and whether its plans have changed too. */
  readonly speakers: Map<string, boolean>;
  isStale: boolean;
  /** Something that lies before the weeks that stand may have changed. */
  isBefore: boolean;
}

const nothingNoted = (): Noted => ({ speakers: new Map(), isStale: false, isBefore: false });

/**
 * Keeps the verdicts of this week and the last one standing: what arrives is taken in by itself, and
 * only what it could touch is judged anew. Earlier weeks, and those of a site with more than
 * `MAX_STOOD_SPEAKERS`, are judged on demand. Source: AIRTIME.md, 4 (dependency closure) and 6.
 */
export const keepVerdicts = (ports: Ports): Verdicts => {
  const judgeWeek = createJudgeWeek(ports);
  const keeper = createKeeper(ports);
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = turn.then(work);
    turn = next.catch(() => undefined);
    return next;
  };
  return {
    note: keeper.note,
    takeChanged: () => inTurn(keeper.takeChanged),
    judgeWeek: (day) =>
      inTurn(async () => {
        const stood = await keeper.upToDate();
        if (!stood.ok) return stood;
        const monday = mondayBefore(day);
        if (stood.value === undefined || !stood.value.mondays.includes(monday)) {
          return judgeWeek(day);
        }
        const { facts, standing, speakers } = stood.value.verdicts;
        const all = [...speakers.values()];
        const judged = {
          facts,
          nowMs: stood.value.nowMs,
          judgement: standing.judgement(),
          logOf: (id: string) => speakers.get(id)?.judged,
          capFindings: all.flatMap(({ capFindings }) => capFindings),
          findings: all.flatMap(({ findings }) => findings),
        };
        return toWeekJudgement(judged, monday);
      }),
  };
};

interface Stood {
  readonly verdicts: StoodVerdicts;
  readonly mondays: readonly [LocalDay, LocalDay];
  readonly nowMs: number;
}

const keyOf = ({ rule, speaker, period }: Verdict): string =>
  `${rule} ${speaker} ${period.per} ${period.from}`;

const createKeeper = (ports: Ports) => {
  const { store, clock } = ports;
  let noted = nothingNoted();
  let stood: Stood | undefined;
  let told = new Map<string, string>();
  let changed = new Map<string, Verdict>();
  let isUntold = false;

  const remember = (verdicts: readonly Verdict[]): void => {
    for (const verdict of verdicts) {
      const key = keyOf(verdict);
      const text = canonicalJson(verdict);
      if (told.get(key) !== text) changed.set(key, verdict);
      told.set(key, text);
    }
  };
  const open = async (
    mondays: Stood['mondays'],
  ): Promise<Result<Stood | undefined, JudgeProblem>> => {
    const facts = await readJudgeFacts(ports, mondays);
    stood = undefined;
    isUntold = true;
    if (facts.speakers.length > MAX_STOOD_SPEAKERS) return ok(undefined);
    const verdicts = await openVerdicts(ports, facts);
    if (!verdicts.ok) return verdicts;
    told = new Map();
    remember(verdicts.value.standing.judgement().verdicts);
    stood = { verdicts: verdicts.value, mondays, nowMs: facts.nowMs };
    return ok(stood);
  };
  const takeIn = async (known: Stood, speakers: Noted['speakers']): Promise<Stood> => {
    const nowMs = Math.floor(clock.wallMs());
    const { facts, standing } = known.verdicts;
    const orders = await readOrders(ports, facts.table);
    remember(standing.revise({ ...orders, nowMs }).verdicts);
    for (const [speaker, isReplanned] of speakers) {
      remember(await takeNews(ports, known.verdicts, { speaker, isReplanned }));
    }
    return { ...known, nowMs };
  };
  const upToDate = async (): Promise<Result<Stood | undefined, JudgeProblem>> => {
    const { zone } = await knownSite(store);
    const monday = mondayBefore(localDayAt(clock.wallMs(), zone));
    const { speakers, isStale, isBefore } = noted;
    noted = nothingNoted();
    isUntold ||= isBefore;
    if (stood === undefined || isStale || stood.mondays[1] !== monday) {
      return open([addDays(monday, -WEEK_DAYS), monday]);
    }
    stood = await takeIn(stood, speakers);
    return ok(stood);
  };
  return {
    upToDate,
    note: (changes: readonly Change[]): boolean => {
      const startMs = stood?.verdicts.facts.table[0]?.startMs ?? 0;
      for (const change of changes) noteChange(noted, change, startMs);
      return changes.some(({ what }) => touches.has(what));
    },
    takeChanged: async (): Promise<readonly Verdict[] | null> => {
      const now = await upToDate();
      const found = isUntold || !now.ok || now.value === undefined ? null : [...changed.values()];
      changed = new Map();
      isUntold = false;
      return found;
    },
  };
};

const noteChange = (noted: Noted, change: Change, startMs: number): void => {
  const { speakers } = noted;
  if (opensAnew.has(change.what)) noted.isStale = true;
  if (change.what === 'pointer') speakers.set(change.value.speaker, true);
  if (change.what === 'finding' || change.what === 'record') {
    const { speaker } = change.value;
    speakers.set(speaker, speakers.get(speaker) ?? false);
  }
  if (change.what === 'finding' && endsLog(change.value)) noted.isStale = true;
  if (change.what === 'record' && isBefore(change.value.record, startMs)) noted.isBefore = true;
};

/** Then the log counts as ending before it, and what stood may fall. */
const endsLog = (finding: StoredFinding): boolean => Number.isFinite(logEndsBefore([finding]));

const isBefore = ({ clock, posMs }: LogRecord, startMs: number): boolean =>
  clock.offsetMs === null || posMs + clock.offsetMs < startMs;
