import { dayToNumber, mondayOf } from '#core/airtime/day-number.ts';
import type { JudgeInput } from '#core/airtime/judge-input.ts';
import type { DayTable } from '#core/local-time.ts';
import { addDays } from '#runtime/day-table.ts';
import { type DaySpan, judgedSpan, spanToTable } from '#runtime/judged-table.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import type { Speaker } from '#schemas/entities/site.ts';
import type { LocalDay } from '#schemas/primitives.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { StoredCap } from '../ports/store.ts';
import { knownSite } from './known-site.ts';
import { laterDay } from './later-day.ts';
import { unitToSpan } from './speaker-scope.ts';

/** All that verdicts of some weeks are made from, but the records and plans. */
export interface JudgeFacts {
  readonly nowMs: number;
  readonly zone: string;
  /** The weeks, and the blocks of days that hold any of them. */
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

/** The facts as they are now, for the weeks and the blocks of days that hold any of the days. */
export const readJudgeFacts = async (
  ports: Ports,
  days: readonly [LocalDay, ...LocalDay[]],
): Promise<JudgeFacts> => {
  const { store, clock } = ports;
  const { zone } = await knownSite(store);
  const [rules, caps, units, all] = await Promise.all([
    store.rules(),
    store.caps(),
    store.units(),
    store.speakers(),
  ]);
  const table = spanToTable(zone, hullOf(days, rules));
  return {
    nowMs: Math.floor(clock.wallMs()),
    zone,
    table,
    speakers: all.filter(({ enrolledMs }) => enrolledMs !== null),
    caps,
    rest: { rules, units: units.map(unitToSpan), ...(await readOrders(ports, table)) },
  };
};

/** The excuses, and the locks of weeks that touch the table. */
export const readOrders = async (
  { store }: Ports,
  table: DayTable,
): Promise<Pick<JudgeInput, 'excuses' | 'locks'>> => {
  const from = table[0]?.day ?? '';
  const excuses = (await store.excuses()).map(({ envelope: _, acceptedBy: __, ...rest }) => rest);
  const locks = await store.locks(from && mondayBefore(from), table.at(-1)?.day ?? '');
  return {
    excuses,
    locks: locks.map(({ week, lockedMs, heads }) => ({ week, lockedMs, heads })),
  };
};

const hullOf = (
  days: readonly [LocalDay, ...LocalDay[]],
  rules: readonly AirtimeRule[],
): DaySpan => {
  const spans = days.map((day) => judgedSpan(day, rules));
  const [first = days[0]] = spans.map(({ from }) => from).sort();
  const last = spans.reduce((latest, { to }) => laterDay(latest, to), first);
  return { from: first, to: last };
};
