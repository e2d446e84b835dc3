import type { EndedRecord } from '#schemas/records/log-record.ts';
import type { EndReason, RefusalReason } from '#schemas/records/reasons.ts';

/**
 * An emergency, or a cancel of one, as it was signed: the envelope's JSON text is kept as it is.
 * `cleared` says that the broker holds its message no more.
 */
export interface StoredEmergency {
  readonly id: string;
  readonly envelope: string;
  readonly issuedMs: number;
  readonly expiresMs: number;
  readonly bulletins: readonly string[];
  readonly cancelledMs: number | null;
  readonly cleared: boolean;
}

/** What one record of a speaker says of an emergency; the record itself is the evidence. */
export interface StoredEmergencyAnswer {
  readonly emergency: string;
  readonly speaker: string;
  readonly seq: number;
  readonly outcome: EndedRecord['outcome'] | 'refused';
  readonly reason: EndReason | RefusalReason | null;
  readonly receivedMs: number;
}
