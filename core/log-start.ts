import type { Envelope } from '#schemas/envelope.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { type LogStart, logStartSchema } from '#schemas/records/log-start.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import { type EnvelopeProblem, openEnvelope } from './envelope.ts';
import { type ChainHead, emptyChain } from './log-chain.ts';
import { type LogTools, parseJson } from './open-record.ts';

/**
 * What the speaker signed before it removed the beginning of its log. Errors: envelopeInvalid,
 * keyUnknown, purposeWrong, signatureWrong; payloadInvalid (signed, but no start of a log).
 */
export const openLogStart = (
  envelope: Envelope,
  tools: LogTools,
): Result<LogStart, EnvelopeProblem | ProblemOf<'payloadInvalid'>> => {
  const { keyId, publicKey, codec, verify } = tools;
  const keys = [{ keyId, publicKey, purposes: ['logStart'] as const }];
  const opened = openEnvelope({ envelope, purpose: 'logStart', keys, codec, verify });
  if (!opened.ok) return opened;
  const parsed = logStartSchema.safeParse(parseJson(tools.bytesToText(opened.value)));
  if (parsed.success) return ok(parsed.data);
  const detail = parsed.error.issues[0]?.path.join('.') ?? '';
  return refuse({ code: 'payloadInvalid', contract: 'log-start', detail });
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
