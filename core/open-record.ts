import type { Envelope } from '#schemas/envelope.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { type LogRecord, logRecordSchema } from '#schemas/records/log-record.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { HashBytes, VerifyBytes } from './crypto.ts';
import { type ByteCodec, type EnvelopeProblem, openEnvelope } from './envelope.ts';

/** What a speaker's records are opened with. */
export interface LogTools {
  readonly keyId: string;
  /** The speaker's raw public key, 32 bytes. */
  readonly publicKey: Uint8Array;
  readonly codec: ByteCodec;
  readonly bytesToText: (bytes: Uint8Array) => string;
  readonly hash: HashBytes;
  readonly verify: VerifyBytes;
}

/** A record that its speaker signed, and the SHA-256 of its payload's bytes. */
export interface OpenedRecord {
  readonly record: LogRecord;
  readonly hash: string;
}

export type OpenRecordProblem = EnvelopeProblem | ProblemOf<'payloadInvalid'>;

/** The value of a JSON text; undefined, which no schema takes, when it is none. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    // No JSON: the schema refuses it.
    return undefined;
  }
};

/**
 * What the holder of the key signed as a record. Whether it follows the record before it is not
 * looked at. Errors: envelopeInvalid, keyUnknown, purposeWrong, signatureWrong; payloadInvalid (the
 * signature holds, but what it signs is no record). Source: AIRTIME.md, 2.
 */
export const openRecord = (
  envelope: Envelope,
  tools: LogTools,
): Result<OpenedRecord, OpenRecordProblem> => {
  const { keyId, publicKey, codec, verify } = tools;
  const keys = [{ keyId, publicKey, purposes: ['record'] as const }];
  const opened = openEnvelope({ envelope, purpose: 'record', keys, codec, verify });
  if (!opened.ok) return opened;
  const parsed = logRecordSchema.safeParse(parseJson(tools.bytesToText(opened.value)));
  if (parsed.success) return ok({ record: parsed.data, hash: tools.hash(opened.value) });
  const detail = parsed.error.issues[0]?.path.join('.') ?? '';
  return refuse({ code: 'payloadInvalid', contract: 'log-record', detail });
};
