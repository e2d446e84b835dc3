import type { AirtimeRule, VerdictCode } from '#schemas/airtime.ts';
import type { LocalDay } from '#schemas/primitives.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import { heardOf, longestRunOf } from './longest-run.ts';
import { isWhole, type ReadLog, readLog, type Sound, wallOf } from './read-log.ts';

/**
 * One rule, one speaker that owes every day, judged in a zone; with `ward`, the rule is owed only on
 * days on which no log of the ward has an occurrence of the ward's rule.
 */
export interface NaiveCase {
  readonly rule: AirtimeRule;
  readonly log: readonly LogRecord[];
  readonly ward: Ward | null;
  readonly zone: string;
  readonly nowMs: number;
}

export interface Ward {
  readonly rule: AirtimeRule;
  readonly logs: readonly (readonly LogRecord[])[];
}

export interface NaiveVerdict {
  readonly from: LocalDay;
  readonly to: LocalDay;
  readonly verdict: VerdictCode;
  readonly owed: number;
  readonly has: number;
  readonly shortfall: { readonly occurrences: number; readonly seconds: number };
}

interface Aired {
  readonly startMs: number;
  readonly day: LocalDay;
  readonly airtimeMs: number;
  readonly isInside: boolean;
}

export const judgeNaively = (one: NaiveCase): readonly NaiveVerdict[] => {
  const log = readLog(one.log, one.nowMs);
  const aired = airedSessions(one, log);
  return periodsOf(one.rule).map((days) => verdictOf(one, log, { days, aired }));
};

const startOf = (session: string): number => Number(/-(\d+)/.exec(session)?.[1]);

const zoned = (ms: number, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);

const midnight = (day: LocalDay, zone: string): number =>
  Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds;

/** Whether a ward's log exempts a day, or could: `open` when it does not reach over it. */
const wardOn = ({ ward, zone, nowMs }: NaiveCase, day: LocalDay): 'aired' | 'open' | 'silent' => {
  if (ward === null || day < ward.rule.from || day > ward.rule.to) return 'silent';
  const { rule } = ward;
  const logs = ward.logs.map((records) => readLog(records, nowMs));
  const neededMs = rule.minMinutes === null ? 1 : rule.minMinutes * 60_000;
  const isAired = logs.some((log) =>
    airedSessions({ rule, zone }, log).some(
      (aired) => aired.day === day && aired.isInside && aired.airtimeMs >= neededMs,
    ),
  );
  if (isAired) return 'aired';
  const fromMs = midnight(day, zone);
  const toMs = midnight(Temporal.PlainDate.from(day).add({ days: 1 }).toString(), zone);
  return logs.some((log) => isUnknown(log, fromMs, toMs)) ? 'open' : 'silent';
};

const airedSessions = (
  { rule, zone }: Pick<NaiveCase, 'rule' | 'zone'>,
  log: ReadLog,
): readonly Aired[] => {
  const dated = log.sounds.filter((sound) => sound.offsetMs !== undefined && !sound.isFuture);
  const real = dated.filter(({ record }) => !record.drill);
  const isUrgent = ({ record }: Sound): boolean => record.item.priority === 'emergency';
  const emergencies = real.filter(isUrgent);
  const earning = real.filter((sound) => !isUrgent(sound));
  const ids = [...new Set(log.sounds.map(({ record }) => record.session))];
  return ids.map((session) => {
    const all = earning.filter(({ record }) => record.session === session);
    const own = all.filter(({ record }) => record.item.campaigns.includes(rule.campaign));
    const isHeard = own.some(({ record }) => heardOf(record).length > 0);
    const counting = rule.counts === 'campaign' ? own : isHeard ? all : [];
    const startMs = startOf(session);
    const start = zoned(startMs, zone);
    const time = start.toPlainTime().toString().slice(0, 5);
    return {
      startMs,
      day: start.toPlainDate().toString(),
      airtimeMs: longestRunOf(counting, emergencies, rule.maxGapS * 1000).airtimeMs,
      isInside:
        rule.dayparts.length === 0 ||
        rule.dayparts.some(({ from, to }) =>
          from < to ? from <= time && time < to : from <= time || time < to,
        ),
    };
  });
};

/** The days of each period, by asking of every day of the validity to which period it belongs. */
const periodsOf = (rule: AirtimeRule): readonly (readonly LocalDay[])[] => {
  const first = Temporal.PlainDate.from(rule.from);
  const days = first.until(rule.to, { largestUnit: 'day' }).days + 1;
  const groups = new Map<string, LocalDay[]>();
  for (let index = 0; index < days; index += 1) {
    const day = first.add({ days: index });
    const key = {
      day: day.toString(),
      week: `${day.yearOfWeek} ${day.weekOfYear}`,
      everyDays: String(Math.floor(index / (rule.everyDays ?? 1))),
    }[rule.per];
    groups.set(key, [...(groups.get(key) ?? []), day.toString()]);
  }
  return [...groups.values()];
};

const isListed = (rule: AirtimeRule, day: LocalDay): boolean =>
  rule.weekdays.length === 0 || rule.weekdays.includes(Temporal.PlainDate.from(day).dayOfWeek);

/** The listed days of the whole period to which the days belong, also where it is cut. */
const listedOfWhole = (rule: AirtimeRule, days: readonly LocalDay[]): number => {
  const first = Temporal.PlainDate.from(days[0] ?? rule.from);
  const start = rule.per === 'week' ? first.subtract({ days: first.dayOfWeek - 1 }) : first;
  const length = rule.per === 'week' ? 7 : (rule.everyDays ?? 1);
  return Array.from({ length }, (_, index) => start.add({ days: index }).toString()).filter((day) =>
    isListed(rule, day),
  ).length;
};

interface Held {
  readonly days: readonly LocalDay[];
  readonly aired: readonly Aired[];
}

const verdictOf = (one: NaiveCase, log: ReadLog, { days, aired }: Held): NaiveVerdict => {
  const { rule } = one;
  const owedDays = days.filter((day) => isListed(rule, day));
  const maxPerDay =
    rule.per === 'day' ? 1e9 : Math.ceil(rule.minOccurrences / listedOfWhole(rule, days));
  const owed =
    owedDays.length === 0 ? 0 : Math.min(rule.minOccurrences, owedDays.length * maxPerDay);
  const inDays = aired.filter(({ day, isInside }) => isInside && owedDays.includes(day));
  const neededMs = rule.minMinutes === null ? 1 : rule.minMinutes * 60_000;
  const most = (minMs: number): number =>
    largestSet(
      inDays.filter(({ airtimeMs }) => airtimeMs >= minMs),
      rule.minSpacingMin * 60_000,
      maxPerDay,
    );
  const has = most(neededMs);
  const from = days[0] ?? rule.from;
  const to = days.at(-1) ?? rule.to;
  const fromMs = midnight(from, one.zone);
  const toMs = midnight(Temporal.PlainDate.from(to).add({ days: 1 }).toString(), one.zone);
  const ward = wardOn(one, from);
  const verdict = ((): VerdictCode => {
    if (owedDays.length === 0) return 'notDue';
    if (has >= owed) return 'met';
    if (ward === 'aired') return 'exempt';
    if (one.nowMs < toMs) return 'pending';
    if (isUnknown(log, fromMs, toMs) || ward === 'open') return 'unknown';
    return most(1) >= owed ? 'tooShort' : 'tooFew';
  })();
  const missing = verdict === 'notDue' || verdict === 'exempt' ? 0 : Math.max(0, owed - has);
  const short = inDays
    .map(({ airtimeMs }) => airtimeMs)
    .filter((airtimeMs) => airtimeMs < neededMs)
    .sort((a, b) => b - a);
  let lackingMs = 0;
  for (let index = 0; index < missing; index += 1) lackingMs += neededMs - (short[index] ?? 0);
  const seconds = rule.minMinutes === null ? 0 : Math.ceil(lackingMs / 1000);
  return { from, to, verdict, owed, has, shortfall: { occurrences: missing, seconds } };
};

/** The size of the largest allowed set, by trying every occurrence with and without it. */
const largestSet = (aired: readonly Aired[], spacingMs: number, maxPerDay: number): number => {
  const sorted = [...aired].sort((a, b) => a.startMs - b.startMs);
  const known = new Map<string, number>();
  const best = (index: number, last: Aired | undefined, onDay: number): number => {
    const one = sorted[index];
    if (one === undefined) return 0;
    const key = `${index} ${last === undefined ? -1 : sorted.indexOf(last)} ${onDay}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const already = last?.day === one.day ? onDay : 0;
    const fits =
      already < maxPerDay && (last === undefined || one.startMs - last.startMs >= spacingMs);
    const size = Math.max(
      best(index + 1, last, onDay),
      fits ? 1 + best(index + 1, one, already + 1) : 0,
    );
    known.set(key, size);
    return size;
  };
  return best(0, undefined, 0);
};

const isUnknown = (log: ReadLog, fromMs: number, toMs: number): boolean => {
  const { records, witnesses } = log;
  const isOfPeriod = (session: string | null): boolean =>
    session !== null && startOf(session) >= fromMs && startOf(session) < toMs;
  const isNamed = (record: LogRecord | undefined): boolean => {
    if (record?.kind === 'heartbeat') return isOfPeriod(record.openSession);
    return (record?.kind === 'ended' || record?.kind === 'refused') && isOfPeriod(record.session);
  };
  const tells = (record: LogRecord, at: number): boolean =>
    log.futures[at] === false &&
    (record.kind === 'heartbeat' ||
      (record.kind === 'ended' && !record.drill && record.item.priority !== 'emergency'));
  const mayGoOn = (index: number): boolean => {
    return isNamed(records.findLast((record, at) => at <= index && tells(record, at)));
  };
  const isOpen = (index: number): boolean => isNamed(records[index]) || mayGoOn(index);
  if (records.some((record, index) => log.offsets[index] === undefined && isNamed(record))) {
    return true;
  }
  if (undatedBootTouches(log, fromMs, toMs)) return true;
  const walls = witnesses.map((index) => wallOf(log, index));
  const beginAt = walls.findIndex((wall) => wall >= fromMs) - 1;
  if (beginAt === -2) return true;
  const lastInside = walls.findLastIndex((wall) => wall >= fromMs && wall < toMs);
  const end = witnesses.find(
    (index, at) => at > Math.max(beginAt, lastInside) && (walls[at] ?? 0) >= toMs && !isOpen(index),
  );
  if (end === undefined) return true;
  const beginSeq = records[witnesses[beginAt] ?? -1]?.seq ?? 1;
  if (!isWhole(records, beginSeq, records[end]?.seq ?? 0)) return true;
  const backAt = walls.findLastIndex((wall) => wall < toMs);
  const again = witnesses.find((index, at) => at > backAt && !isOpen(index));
  if (again === undefined) return true;
  const backSeq = records[witnesses[backAt] ?? -1]?.seq ?? 1;
  return !isWhole(records, backSeq, records[again]?.seq ?? 0);
};

const undatedBootTouches = (log: ReadLog, fromMs: number, toMs: number): boolean =>
  [...new Set(log.boots)].some((boot) => {
    const isDated = log.boots.some(
      (other, index) => other === boot && log.offsets[index] !== undefined,
    );
    if (isDated) return false;
    const before = log.witnesses.filter((index) => (log.boots[index] ?? 0) < boot).at(-1);
    const after = log.witnesses.find((index) => (log.boots[index] ?? 0) > boot);
    const low = before === undefined ? Number.NEGATIVE_INFINITY : wallOf(log, before);
    const high = after === undefined ? Number.POSITIVE_INFINITY : wallOf(log, after);
    return Math.min(low, high) < toMs && fromMs <= Math.max(low, high);
  });
