import type { AirtimeRule } from '#schemas/airtime.ts';
import type { LocalDay } from '#schemas/primitives.ts';
import { sessionIdToStartMs } from '#schemas/read-session-id.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import { plannedSessionId, type SessionId } from '#schemas/session.ts';
import { WEEK } from './court.ts';

/** The day so many weeks later. */
export const dayLater = (day: LocalDay, weeks: number): LocalDay =>
  Temporal.PlainDate.from(day).add({ weeks }).toString();

/** The rule as if it had been made so many weeks later. */
export const ruleLater = (rule: AirtimeRule, weeks: number): AirtimeRule => ({
  ...rule,
  versionFrom: dayLater(rule.versionFrom, weeks),
  from: dayLater(rule.from, weeks),
  to: dayLater(rule.to, weeks),
});

/** The record as if all had happened so many weeks later; its sessions are planned ones. */
export const recordLater = (record: LogRecord, weeks: number): LogRecord => {
  switch (record.kind) {
    case 'clock': {
      const wallMs = record.anchor.wallMs + weeks * WEEK;
      return { ...record, anchor: { ...record.anchor, wallMs } };
    }
    case 'ended':
      return { ...record, session: sessionLater(record.session, weeks) };
    case 'heartbeat': {
      const { openSession } = record;
      return { ...record, openSession: openSession && sessionLater(openSession, weeks) };
    }
    default:
      return record;
  }
};

const sessionLater = (session: SessionId, weeks: number): SessionId =>
  plannedSessionId(sessionIdToStartMs(session) + weeks * WEEK);
