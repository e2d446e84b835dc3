import type { LogRecord } from '#schemas/records/log-record.ts';
import type { SessionId } from '#schemas/session.ts';

/**
 * How far the session has come by the speaker's own log: items that begin earlier, in milliseconds
 * from its start, have sounded whole.
 */
export const reachedInLog = (log: readonly LogRecord[], session: SessionId): number => {
  let reachedMs = 0;
  for (const record of log) {
    if (record.kind !== 'ended' || record.session !== session) continue;
    if (record.outcome === 'whole') reachedMs = Math.max(reachedMs, (record.slotOffsetMs ?? 0) + 1);
  }
  return reachedMs;
};
