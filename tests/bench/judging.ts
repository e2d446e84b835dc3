import { judge } from '#core/airtime/judge.ts';
import type { JudgeInput } from '#core/airtime/judge-input.ts';
import { openStanding } from '#core/airtime/standing.ts';
import type { Id } from '#schemas/primitives.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import { type Figure, median } from './figure.ts';
import { broadcastsIn, judgedCommune } from './judged-commune.ts';

/** A campaign of 90 days: 16 speakers, 86,400 broadcasts. */
const commune = { villages: 8, speakersAVillage: 2, days: 90 };
const WARM_ROUNDS = 12;
const ROUNDS = 15;
/** Every so many broadcasts one record comes late. */
const LATE_EVERY = 300;
const MICROSECONDS = 1_000_000;

/** The CPU time of all threads that `work` takes, in seconds: collecting garbage costs too. */
const cpuSeconds = (work: () => void): number => {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / MICROSECONDS;
};

/** The middle CPU time of many rounds, once the machine has warmed to them. */
const cpuSecondsOf = (work: () => void): number => {
  for (let round = 0; round < WARM_ROUNDS; round += 1) work();
  return median(Array.from({ length: ROUNDS }, () => cpuSeconds(work)));
};

/** What no recount can be faster than: a plain loop that adds up the same intervals. */
const addUp = (log: readonly LogRecord[]): number => {
  let sum = 0;
  for (const record of log) {
    if (record.kind !== 'ended') continue;
    for (const { fromMs, toMs } of record.audible) sum += toMs - fromMs;
  }
  return sum;
};

/** Uses a value, so that what made it is not left out as useless. */
const keep = (value: number): void => {
  if (value < 0) throw new Error('a sum of lengths is below zero');
};

const batchFigure = (input: JudgeInput): Figure => {
  const broadcasts = broadcastsIn(input);
  const value =
    broadcasts /
    cpuSecondsOf(() => {
      const judged = judge(input);
      keep(judged.ok ? judged.value.verdicts.length : -1);
    });
  const raw =
    broadcasts /
    cpuSecondsOf(() => {
      for (const { log } of input.speakers) keep(addUp(log));
    });
  const rawWhat = 'a plain loop that adds up the same intervals';
  return { figure: 'judgedBatch', value, unit: 'broadcasts/s', raw, rawWhat, ratio: value / raw };
};

interface Late {
  readonly speaker: Id;
  readonly record: LogRecord;
}

const isLate = ({ kind, seq }: LogRecord): boolean => kind === 'ended' && seq % LATE_EVERY === 0;

/** Opens a standing without some records of every log, and gives them one by one. */
const lateSeconds = (input: JudgeInput, late: readonly Late[]): number => {
  const speakers = input.speakers.map((speaker) => ({
    ...speaker,
    log: speaker.log.filter((record) => !isLate(record)),
  }));
  const standing = openStanding({ ...input, speakers });
  if (!standing.ok) throw new Error(standing.problem.code);
  return cpuSeconds(() => {
    for (const { speaker, record } of late) {
      const anew = standing.value.take(speaker, { records: [record] });
      keep(anew.ok ? anew.value.verdicts.length : -1);
    }
  });
};

const lateFigure = (figure: string, input: JudgeInput): Figure => {
  const late = input.speakers.flatMap(({ speaker, log }) =>
    log.filter(isLate).map((record) => ({ speaker, record })),
  );
  for (let round = 0; round < WARM_ROUNDS; round += 1) lateSeconds(input, late);
  const rounds = Array.from({ length: ROUNDS }, () => lateSeconds(input, late));
  const value = (median(rounds) / late.length) * 1000;
  const [first] = input.speakers;
  const raw = cpuSecondsOf(() => keep(addUp(first?.log ?? []))) * 1000;
  const rawWhat = 'a plain loop that adds up the intervals of its log of 90 days';
  return { figure, value, unit: 'ms', raw, rawWhat, ratio: value / raw };
};

/**
 * A campaign recounted in one batch, and one record that comes late, in CPU time; the latter also of
 * speakers that never restarted.
 */
export async function* figures(): AsyncGenerator<Figure> {
  const input = judgedCommune(commune);
  yield await Promise.resolve(batchFigure(input));
  yield lateFigure('judgedLateRecord', input);
  const neverRestarted = judgedCommune({ ...commune, bootDays: Number.POSITIVE_INFINITY });
  yield lateFigure('judgedLateRecordNeverRestarted', neverRestarted);
}
