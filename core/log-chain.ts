import type { ProblemOf } from '#schemas/problem.ts';
import { GENESIS_HASH, type LogRecord } from '#schemas/records/log-record.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';

/** Where a speaker's chain ends: the last record's number and the hash of its payload bytes. */
export interface ChainHead {
  readonly seq: number;
  readonly hash: string;
}

/** The head before the first record. */
export const emptyChain: ChainHead = { seq: 0, hash: GENESIS_HASH };

export type ChainProblem = ProblemOf<'sequenceMissing' | 'sequenceConflict' | 'chainBroken'>;

/**
 * The head after a record that follows `head`; `payloadHash` is the SHA-256 of its payload bytes.
 * Errors: sequenceMissing (a record lies between), sequenceConflict (its number is taken),
 * chainBroken (it names another predecessor). Source: AIRTIME.md, 2.
 */
export const followChain = (
  head: ChainHead,
  record: Pick<LogRecord, 'seq' | 'prev'>,
  payloadHash: string,
): Result<ChainHead, ChainProblem> => {
  if (record.seq <= head.seq) return refuse({ code: 'sequenceConflict', seq: record.seq });
  if (record.seq > head.seq + 1) {
    return refuse({ code: 'sequenceMissing', expected: head.seq + 1, found: record.seq });
  }
  if (record.prev !== head.hash) return refuse({ code: 'chainBroken', seq: record.seq });
  return ok({ seq: record.seq, hash: payloadHash });
};
