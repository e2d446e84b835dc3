import * as z from 'zod';
import { canonicalJson, type JsonValue } from '#core/canonical-json.ts';
import { openEnvelope } from '#core/envelope.ts';
import { byteCodec, type Signer, sealEnvelope, sha256, verifyEd25519 } from '#runtime/signing.ts';
import { type Envelope, envelopeSchema } from '#schemas/envelope.ts';
import { type LogRecord, logRecordSchema } from '#schemas/records/log-record.ts';

/** The longest line of a log, in bytes with its line feed. */
export const MAX_LINE_BYTES = 65_536;

/** A record as it is written: its line, and the hash that the next one names. */
export interface RecordLine {
  readonly line: Uint8Array;
  readonly hash: string;
}

/** The signed line of a record: its envelope as JSON, and a line feed. */
export const recordToLine = (record: LogRecord, signer: Signer): RecordLine => {
  const payload = Buffer.from(canonicalJson(record as unknown as JsonValue), 'utf8');
  const envelope = sealEnvelope(signer, 'record', payload);
  return { line: Buffer.from(`${JSON.stringify(envelope)}\n`, 'utf8'), hash: sha256(payload) };
};

/** A line that holds: the record, and the hash of its payload's bytes. */
export interface ReadRecord {
  readonly record: LogRecord;
  readonly hash: string;
}

/** The envelope of a line, its signature unchecked; undefined when it is none. */
const lineToEnvelope = (line: Uint8Array): Envelope | undefined => {
  const parsed = envelopeSchema.safeParse(parseJson(line));
  return parsed.success ? parsed.data : undefined;
};

/** What a record of any version says of its place. */
const placeSchema = z.object({ seq: z.int().min(1) });

/** A line that the speaker itself signed, of any version; undefined when it is damaged. */
export const lineToSigned = (
  line: Uint8Array,
  signer: Signer,
): { readonly seq: number; readonly envelope: Envelope } | undefined => {
  const envelope = lineToEnvelope(line);
  const payload = envelope === undefined ? undefined : openOwn(envelope, signer);
  if (envelope === undefined || payload === undefined) return undefined;
  const seq = placeSchema.safeParse(parseJson(payload)).data?.seq;
  return seq === undefined ? undefined : { seq, envelope };
};

/** The record of a line that the speaker itself signed; undefined when anything about it is wrong. */
export const lineToRecord = (line: Uint8Array, signer: Signer): ReadRecord | undefined => {
  const payload = lineToPayload(line, signer);
  if (payload === undefined) return undefined;
  const parsed = logRecordSchema.safeParse(parseJson(payload));
  return parsed.success ? { record: parsed.data, hash: sha256(payload) } : undefined;
};

/** Whether the speaker itself signed the line, whatever it says. */
export const isSignedLine = (line: Uint8Array, signer: Signer): boolean =>
  lineToPayload(line, signer) !== undefined;

const lineToPayload = (line: Uint8Array, signer: Signer): Uint8Array | undefined => {
  const envelope = lineToEnvelope(line);
  return envelope === undefined ? undefined : openOwn(envelope, signer);
};

const openOwn = (envelope: Envelope, signer: Signer): Uint8Array | undefined => {
  const { keyId, publicKey } = signer;
  const opened = openEnvelope({
    envelope,
    purpose: 'record',
    keys: [{ keyId, publicKey, purposes: ['record'] }],
    codec: byteCodec,
    verify: verifyEd25519,
  });
  return opened.ok ? opened.value : undefined;
};

/** What the bytes say as JSON; undefined when they are none. */
export const parseJson = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    // No JSON: the caller's schema refuses it.
    return undefined;
  }
};
