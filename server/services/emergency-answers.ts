import type { LogRecord } from '#schemas/records/log-record.ts';
import type { Change } from '../ports/store.ts';

/** What new records of a speaker say of emergencies, to be found again by emergency. */
export const recordsToAnswers = (
  records: readonly LogRecord[],
  receivedMs: number,
): readonly Change[] =>
  records.flatMap((record): Change[] => {
    if (record.kind !== 'ended' && record.kind !== 'refused') return [];
    const { emergency, speaker, seq, reason } = record;
    if (emergency === undefined) return [];
    const outcome = record.kind === 'ended' ? record.outcome : ('refused' as const);
    const value = { emergency, speaker, seq, outcome, reason, receivedMs } as const;
    return [{ do: 'insert', what: 'emergencyAnswer', value }];
  });
