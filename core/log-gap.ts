import { type LogGap, logGapSchema } from '#schemas/records/log-gap.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import type { ChainHead } from './log-chain.ts';
import type { StatementForm } from './open-statement.ts';

/** How a speaker says that records of its own are damaged. */
export const logGapForm: StatementForm<LogGap> = {
  purpose: 'logGap',
  contract: 'log-gap',
  schema: logGapSchema,
};

/**
 * The head behind records that the speaker signed to have lost, when exactly those lie between
 * `head` and a record that names the last of them; undefined when the record does not fit there.
 */
export const headBehindGap = (
  head: ChainHead,
  gap: Pick<LogGap, 'from' | 'to' | 'hash'>,
  record: Pick<LogRecord, 'seq' | 'prev'>,
): ChainHead | undefined => {
  const reaches = gap.from <= head.seq + 1 && head.seq < gap.to;
  const fits = record.seq === gap.to + 1 && record.prev === gap.hash;
  return reaches && fits ? { seq: gap.to, hash: gap.hash } : undefined;
};
