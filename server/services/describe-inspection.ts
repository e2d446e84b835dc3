import { addDays } from '#runtime/day-table.ts';
import type { LocalDay } from '#schemas/primitives.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { StoredCorrection, StoredExcuse } from '../ports/stored-signed.ts';
import { mondayBefore } from './judge-facts.ts';
import type { LockedWeek } from './lock-week.ts';

/** An excuse as people are shown it: with the name of who accepted it. */
export type DescribedExcuse = Omit<StoredExcuse, 'envelope'>;

/** A correction of the unit history as people are shown it: with the name of who found it. */
export type DescribedCorrection = Omit<StoredCorrection, 'envelope'>;

/** What inspectors decided about a week. */
export interface DescribedInspection {
  /** The lock of the week; null while it is open. `lockedBy` is a name. */
  readonly lock: LockedWeek | null;
  /** The excuses of periods that begin in the week, or in the `BEFORE_DAYS` before it. */
  readonly excuses: readonly DescribedExcuse[];
  /** The corrections of a day of the week, or of the `BEFORE_DAYS` before and after it. */
  readonly corrections: readonly DescribedCorrection[];
}

/** The longest block of days. */
const BEFORE_DAYS = 366;

/** The lock, excuses and corrections of the week that holds a day, with the names of who decided. */
export const describeInspection = async (
  { store }: Pick<ServerPorts, 'store'>,
  day: LocalDay,
): Promise<DescribedInspection> => {
  const monday = mondayBefore(day);
  const [locks, excuses, corrections, users] = await Promise.all([
    store.locks(monday, monday),
    store.excuses(),
    store.corrections(),
    store.users(),
  ]);
  const nameOf = (id: string): string => users.find((user) => user.id === id)?.name ?? id;
  const [lock] = locks;
  const from = addDays(monday, -BEFORE_DAYS);
  const to = addDays(monday, 6);
  return {
    lock:
      lock === undefined
        ? null
        : { week: lock.week, lockedMs: lock.lockedMs, lockedBy: nameOf(lock.lockedBy) },
    excuses: excuses
      .filter(({ periodFrom }) => from <= periodFrom && periodFrom <= to)
      .map(({ envelope: _, ...excuse }) => ({
        ...excuse,
        acceptedBy: nameOf(excuse.acceptedBy),
      })),
    corrections: corrections
      .filter((one) => from <= one.to && one.from <= addDays(to, BEFORE_DAYS))
      .map(({ envelope: _, ...one }) => ({ ...one, foundBy: nameOf(one.foundBy) })),
  };
};
