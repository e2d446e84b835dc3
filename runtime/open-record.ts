import { type EnvelopeProblem, openEnvelope } from '#core/envelope.ts';
import type { Envelope } from '#schemas/envelope.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { type LogRecord, logRecordSchema } from '#schemas/records/log-record.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import { byteCodec, publicKeyToKeyId, sha256, verifyEd25519 } from './signing.ts';

/** A record that its speaker signed, and the SHA-256 of its payload's bytes. */
export interface OpenedRecord {
  readonly record: LogRecord;
  readonly hash: string;
}

export type OpenRecordProblem = EnvelopeProblem | ProblemOf<'payloadInvalid'>;

/**
 * What the holder of the raw public key signed as a record. Whether it follows the record before it
 * is not looked at. Errors: envelopeInvalid, keyUnknown, purposeWrong, signatureWrong; payloadInvalid
 * (the signature holds, but what it signs is no record). Source: AIRTIME.md, 2.
 */
export const openRecord = (
  envelope: Envelope,
  publicKey: Uint8Array,
): Result<OpenedRecord, OpenRecordProblem> => {
  const opened = openEnvelope({
    envelope,
    purpose: 'record',
    keys: [{ keyId: publicKeyToKeyId(publicKey), publicKey, purposes: ['record'] }],
    codec: byteCodec,
    verify: verifyEd25519,
  });
  if (!opened.ok) return opened;
  const record = logRecordSchema.safeParse(bytesToJson(opened.value));
  return record.success
    ? ok({ record: record.data, hash: sha256(opened.value) })
    : refuse({ code: 'payloadInvalid', contract: 'log-record', detail: 'form' });
};

const bytesToJson = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    // No JSON: undefined is no record, and so it is refused as one.
    return undefined;
  }
};
