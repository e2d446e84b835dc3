import { lastReportMs } from '#core/preflight/judge-preflight.ts';
import { createDayTable } from '#runtime/day-table.ts';
import type { Preflight } from '#schemas/preflight.ts';
import type { LocalDay } from '#schemas/primitives.ts';
import type { Recording } from '../log/recording.ts';
import { createDayLog } from '../make-good/day-log.ts';

/**
 * Writes the report into the log, signed and chained, if it is the first one since the evening's was to
 * be made; also over restarts there is one an evening.
 */
export const createEveningRecord = ({ log, writer }: Pick<Recording, 'log' | 'writer'>) => {
  const dayLog = createDayLog(log);
  let recordedDay: LocalDay | undefined;
  return async (report: Preflight, zone: string): Promise<void> => {
    const { day, madeMs } = report;
    const dueMs = lastReportMs(createDayTable(zone, day, 1), madeMs);
    if (dueMs === null || recordedDay === day) return;
    recordedDay = day;
    const records = (await dayLog.since(dueMs)) ?? [];
    if (records.every(({ kind }) => kind !== 'preflight')) {
      await writer.write({ kind: 'preflight', report });
    }
  };
};
