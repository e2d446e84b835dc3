import { judgeCaps } from '#core/airtime/caps.ts';
import { judge } from '#core/airtime/judge.ts';
import { playlistsAsAired } from '#core/airtime/playlist-as-aired.ts';
import type { PlanAhead, PlanAheadInput } from '#core/plan/plan-ahead.ts';
import { planMany } from '#core/plan/plan-many.ts';
import { systemClock } from '#runtime/clock.ts';
import { createDayTable } from '#runtime/day-table.ts';
import { compareFills } from '../core/plan/exact-fill.ts';
import {
  bulletinOf,
  CAMPAIGN,
  capOf,
  idOf,
  inputOf,
  MINUTE_MS,
  OTHER_CAMPAIGN,
  ruleOf,
  ZONE,
} from '../core/plan/plan-inputs.ts';
import type { Figure } from './figure.ts';

const DAYS = 14;
const PROVINCE = { speakers: 20_000, distinct: 300 };
const FIVE_PROVINCES = { speakers: 100_000, distinct: 1500 };
const FROM = '2025-01-14';
const UNIT = idOf(11);
const FILLS = 200;
const SEED = 1;
const MEBI = 1024 * 1024;
const MICRO = 1_000_000;

const clock = systemClock();
const table = createDayTable(ZONE, FROM, DAYS + 1);

/** One commune's rules, caps and bulletins; every number gives another. */
const distinctInput = (number: number): PlanAheadInput => {
  const minutes = 10 + (number % 21);
  const second = ruleOf({ id: idOf(12), campaign: OTHER_CAMPAIGN, minMinutes: 10 });
  const weekly = ruleOf({ id: idOf(13), campaign: OTHER_CAMPAIGN, per: 'week', minOccurrences: 5 });
  const { day: _, ...rest } = inputOf({
    rules: [
      ruleOf({ minMinutes: minutes }),
      ...(number % 2 === 0 ? [second] : []),
      ...(number % 3 === 0 ? [{ ...weekly, minMinutes: 15 }] : []),
    ],
    caps: [capOf({ maxSessionsPerDay: 6, maxSessionMinutes: 60 })],
    bulletins: Array.from({ length: 12 + (number % 9) }, (_, index) =>
      bulletinOf(index, 120_000 + ((index * 7919 + number * 104_729) % 240_000), {
        campaigns: [index % 3 === 2 ? OTHER_CAMPAIGN : CAMPAIGN],
      }),
    ),
    aired: [],
  });
  return { ...rest, table, previous: [] };
};

const inputsFor = ({ speakers, distinct }: typeof PROVINCE): PlanAheadInput[] => {
  const inputs = Array.from({ length: distinct }, (_, number) => distinctInput(number));
  return Array.from({ length: speakers }, (_, index) => {
    const input = inputs[index % distinct];
    if (input === undefined) throw new RangeError('no such input');
    return { ...input };
  });
};

interface Timed<T> {
  readonly value: T;
  readonly seconds: number;
  /** Of all threads, so that a busy machine shows less in it. */
  readonly cpuSeconds: number;
}

const timed = <T>(work: () => T): Timed<T> => {
  const startMs = clock.positionMs();
  const before = process.cpuUsage();
  const value = work();
  const { user, system } = process.cpuUsage(before);
  const seconds = (clock.positionMs() - startMs) / 1000;
  return { value, seconds, cpuSeconds: (user + system) / MICRO };
};

/** The judge alone, on the plans as aired: no planner that proves its plans can be faster. */
const judgePlans = (inputs: readonly PlanAheadInput[], plans: readonly PlanAhead[]): void => {
  const days = table.slice(0, DAYS);
  const [fromMs, toMs] = [(days[0]?.startMs ?? 0) - 1, (days.at(-1)?.endMs ?? 0) + 1];
  for (const [index, plan] of plans.entries()) {
    const { rules = [], caps = [] } = inputs[index] ?? {};
    const log = playlistsAsAired(plan.playlists, { speaker: UNIT, fromMs, toMs });
    const stays = [{ unit: UNIT, from: FROM, to: null }];
    const judged = {
      table: days,
      units: [{ unit: UNIT, level: 'village', parent: null, from: FROM, to: null }] as const,
      speakers: [{ speaker: UNIT, stays, log, planned: [] }],
      nowMs: toMs,
    };
    judge({ rules, ...judged, excuses: [], locks: [] });
    judgeCaps({ caps, ...judged });
  }
};

const beside = (
  figure: string,
  { value, raw, unit }: { value: number; raw: number; unit: string },
  rawWhat: string,
): Figure => ({ figure, value, unit, raw, rawWhat, ratio: value / raw });

function* speeds(): Generator<Figure> {
  planMany(inputsFor({ speakers: 20, distinct: 20 }));
  const bareMb = process.memoryUsage.rss() / MEBI;
  const inputs = inputsFor(PROVINCE);
  const planned = timed(() => planMany(inputs));
  const usedMb = process.memoryUsage.rss() / MEBI;
  const refused = planned.value.filter(({ refusals }) => refusals.length > 0).length;
  if (refused > 0) throw new Error(`${refused} speakers without a plan`);
  const distinct = planned.value.slice(0, PROVINCE.distinct);
  const judged = timed(() => judgePlans(inputs, distinct));
  const { seconds } = planned;
  const name = `planDays, ${PROVINCE.speakers} speakers, ${PROVINCE.distinct} distinct`;
  const rawWhat = 'the judge alone, on the same distinct plans';
  yield beside(name, { value: seconds, raw: judged.seconds, unit: 's' }, rawWhat);
  const cpu = { value: planned.cpuSeconds, raw: judged.cpuSeconds, unit: 's of CPU' };
  yield beside(name, cpu, rawWhat);
  yield beside(
    'planDays, resident memory',
    { value: usedMb, raw: bareMb, unit: 'MB' },
    'the same process before',
  );
  const five = timed(() => planMany(inputsFor(FIVE_PROVINCES)));
  yield beside(
    `planDays, ${FIVE_PROVINCES.speakers} speakers, ${FIVE_PROVINCES.distinct} distinct`,
    { value: five.cpuSeconds, raw: 5 * planned.cpuSeconds, unit: 's of CPU' },
    'five times what a fifth of them takes',
  );
}

function* fills(): Generator<Figure> {
  const compared = compareFills(FILLS, SEED);
  const ours = compared.reduce((sum, { oursMs }) => sum + oursMs, 0) / compared.length;
  const exact = compared.reduce((sum, { exactMs }) => sum + exactMs, 0) / compared.length;
  const rawWhat = 'the shortest that HiGHS finds';
  const mean = { value: ours / MINUTE_MS, raw: exact / MINUTE_MS, unit: 'min' };
  yield beside(`filled session, mean of ${FILLS}`, mean, rawWhat);
  const [worst] = compared.sort((a, b) => b.oursMs / b.exactMs - a.oursMs / a.exactMs);
  if (worst === undefined) return;
  const { oursMs, exactMs } = worst;
  const most = { value: oursMs / MINUTE_MS, raw: exactMs / MINUTE_MS, unit: 'min' };
  yield beside(`filled session, worst of ${FILLS}`, most, rawWhat);
}

/** Plans of a province and of five, and how much longer sessions are than they had to be. */
export async function* figures(): AsyncGenerator<Figure> {
  yield* speeds();
  yield* fills();
}
