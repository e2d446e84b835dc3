import { dayToNumber, mondayOf } from '#core/airtime/day-number.ts';
import type { JudgeInput } from '#core/airtime/judge-input.ts';
import { canonicalJson } from '#core/canonical-json.ts';
import type { DayTable } from '#core/local-time.ts';
import { addDays } from '#runtime/day-table.ts';
import { judgedSpan, spanToTable } from '#runtime/judged-table.ts';
import type { Speaker } from '#schemas/entities/site.ts';
import type { LocalDay } from '#schemas/primitives.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { StoredCap } from '../ports/store.ts';
import { knownSite } from './known-site.ts';
import { unitToSpan } from './speaker-scope.ts';

/** All that verdicts of a week are made from, but the records, which are named by their number. */
export interface JudgeFacts {
  /** Equal for equal facts. */
  readonly key: string;
  readonly monday: LocalDay;
  readonly nowMs: number;
  readonly zone: string;
  /** The week, and the blocks of days that hold any of it. */
  readonly table: DayTable;
  readonly speakers: readonly Speaker[];
  readonly caps: readonly StoredCap[];
  readonly rest: Pick<JudgeInput, 'rules' | 'units' | 'excuses' | 'locks'>;
}

type Ports = Pick<ServerPorts, 'store' | 'clock'>;

/** The Monday of the week that holds the day. */
export const mondayBefore = (day: LocalDay): LocalDay => {
  const number = dayToNumber(day);
  return addDays(day, mondayOf(number) - number);
};

/** The facts as they are now, for the week and the blocks of days that hold the day. */
export const readJudgeFacts = async (ports: Ports, day: LocalDay): Promise<JudgeFacts> => {
  const { store, clock } = ports;
  const { zone } = await knownSite(store);
  const [rules, caps, units, all] = await Promise.all([
    store.rules(),
    store.caps(),
    store.units(),
    store.speakers(),
  ]);
  const speakers = all.filter(({ enrolledMs }) => enrolledMs !== null);
  const span = judgedSpan(day, rules);
  const excuses = (await store.excuses()).map(({ envelope: _, acceptedBy: __, ...rest }) => rest);
  const locks = (await store.locks(mondayBefore(span.from), span.to)).map(
    ({ week, lockedMs, heads }) => ({ week, lockedMs, heads }),
  );
  const marks = await Promise.all(speakers.map(({ id }) => markOf(ports, id)));
  const lockedMs = locks.map((lock) => lock.lockedMs);
  const key = [{ ...span }, zone, rules, caps, units, excuses, lockedMs, speakers, marks];
  return {
    key: canonicalJson(key),
    monday: mondayBefore(day),
    nowMs: Math.floor(clock.wallMs()),
    zone,
    table: spanToTable(zone, span),
    speakers,
    caps,
    rest: { rules, units: units.map(unitToSpan), excuses, locks },
  };
};

/** Changes with the log, the plan and the findings of a speaker. */
const markOf = async ({ store }: Ports, speaker: string): Promise<readonly (string | number)[]> => {
  const [head, pointer, findings] = await Promise.all([
    store.logHead(speaker),
    store.pointerOf(speaker),
    store.findings(speaker),
  ]);
  return [head.hash, pointer?.revision ?? 0, findings.length];
};
