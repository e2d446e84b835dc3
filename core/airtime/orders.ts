import type { WeekLock } from '#schemas/airtime.ts';
import type { Id } from '#schemas/primitives.ts';
import { dayToNumber, mondayOf } from './day-number.ts';
import type { JudgeInput } from './judge-input.ts';
import type { Period } from './periods.ts';

/** What else decides besides rules and logs, and may change while the logs go on. */
export type CourtOrders = Pick<JudgeInput, 'excuses' | 'locks' | 'nowMs'>;

/** The excuses and locks that are in force at the instant of judging, ready to be looked up. */
export interface Orders {
  readonly nowMs: number;
  readonly excuseByKey: ReadonlyMap<string, Id>;
  /** By the week's Monday: how far each speaker's log was stored without a hole. */
  readonly lockByMonday: ReadonlyMap<number, ReadonlyMap<Id, number>>;
}

/**
 * What is after the instant is not looked at. Of several locks of a week the first one made holds, of
 * several excuses for one thing the one with the lowest id.
 */
export const toOrders = ({ excuses, locks, nowMs }: CourtOrders): Orders => {
  const accepted = excuses
    .filter(({ acceptedMs }) => acceptedMs <= nowMs)
    .sort((a, b) => (a.id < b.id ? 1 : -1));
  const inForce = locks
    .filter(({ lockedMs }) => lockedMs <= nowMs)
    .sort((a, b) => b.lockedMs - a.lockedMs);
  return {
    nowMs,
    excuseByKey: new Map(
      accepted.map(({ id, rule, speaker, periodFrom }) => [
        excuseKey(rule, speaker, periodFrom),
        id,
      ]),
    ),
    lockByMonday: new Map(inForce.map((lock) => [mondayOf(dayToNumber(lock.week)), headsOf(lock)])),
  };
};

/** The accepted excuse for a speaker's period. */
export const excuseOf = (
  { rule, rows }: Period,
  speaker: Id,
  { excuseByKey }: Orders,
): Id | null =>
  excuseByKey.size === 0
    ? null
    : (excuseByKey.get(excuseKey(rule.id, speaker, rows[0]?.day)) ?? null);

/** A period is locked when every week that it touches is; the last one says how far logs reached. */
export const lockedSeqOf = (
  { rows }: Period,
  speaker: Id,
  { lockByMonday }: Orders,
): number | null => {
  if (lockByMonday.size === 0) return null;
  const locks = rows.map(({ day }) => lockByMonday.get(mondayOf(dayToNumber(day))));
  const last = locks.at(-1);
  if (last === undefined || locks.includes(undefined)) return null;
  return last.get(speaker) ?? 0;
};

const excuseKey = (rule: Id, speaker: Id, periodFrom: string | undefined): string =>
  `${rule} ${speaker} ${periodFrom}`;

const headsOf = ({ heads }: WeekLock): ReadonlyMap<Id, number> =>
  new Map(heads.map(({ speaker, seq }) => [speaker, seq]));
