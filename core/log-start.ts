import { type LogStart, logStartSchema } from '#schemas/records/log-start.ts';
import { type ChainHead, emptyChain } from './log-chain.ts';
import type { StatementForm } from './open-statement.ts';

/** How a speaker says that it removes the beginning of its log. */
export const logStartForm: StatementForm<LogStart> = {
  purpose: 'logStart',
  contract: 'log-start',
  schema: logStartSchema,
};

/**
 * The head that the first record at hand must follow, when the speaker signed that everything up to
 * `removed` goes: a removal that a power cut interrupted left records before it, and then the first
 * record that stands says itself what it follows. `first` is undefined when it does not open.
 */
export const headBefore = (
  first: { readonly seq: number; readonly prev: string } | undefined,
  removed: Pick<LogStart, 'seq' | 'hash'> | undefined,
): ChainHead => {
  if (removed === undefined) return emptyChain;
  if (first === undefined || first.seq > removed.seq)
    return { seq: removed.seq, hash: removed.hash };
  return { seq: first.seq - 1, hash: first.prev };
};
