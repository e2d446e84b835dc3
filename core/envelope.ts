import { type Envelope, type Purpose, purposePrefix } from '#schemas/envelope.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { VerifyBytes } from './crypto.ts';

/** How texts and bytes are turned into one another; handed in by the shell. */
export interface ByteCodec {
  /** UTF-8 bytes of a text. */
  readonly textToBytes: (text: string) => Uint8Array;
  /** Bytes of base64 with padding; undefined when it is not exactly the form RFC 4648 gives them. */
  readonly base64ToBytes: (text: string) => Uint8Array | undefined;
}

/** A key that may sign, and for which purposes. */
export interface TrustedKey {
  readonly keyId: string;
  readonly publicKey: Uint8Array;
  readonly purposes: readonly Purpose[];
}

export type EnvelopeProblem = ProblemOf<
  'envelopeInvalid' | 'keyUnknown' | 'purposeWrong' | 'signatureWrong'
>;

/** The bytes under an envelope's signature. Source: schemas/envelope.ts. */
export const signedBytes = (
  purpose: Purpose,
  payload: Uint8Array,
  codec: Pick<ByteCodec, 'textToBytes'>,
): Uint8Array => {
  const prefix = codec.textToBytes(purposePrefix(purpose));
  const bytes = new Uint8Array(prefix.length + payload.length);
  bytes.set(prefix);
  bytes.set(payload, prefix.length);
  return bytes;
};

export interface OpenEnvelopeInput {
  readonly envelope: Envelope;
  readonly purpose: Purpose;
  readonly keys: readonly TrustedKey[];
  readonly codec: ByteCodec;
  readonly verify: VerifyBytes;
}

/**
 * The payload's bytes, once purpose, key and signature hold. A key that may not sign for the
 * purpose counts as unknown.
 * Errors: envelopeInvalid, keyUnknown, purposeWrong, signatureWrong. Source: DESIGN.md, contracts.
 */
export const openEnvelope = (input: OpenEnvelopeInput): Result<Uint8Array, EnvelopeProblem> => {
  const { envelope, purpose, codec } = input;
  if (envelope.purpose !== purpose) {
    return refuse({ code: 'purposeWrong', expected: purpose, found: envelope.purpose });
  }
  const key = input.keys.find(
    (known) => known.keyId === envelope.keyId && known.purposes.includes(purpose),
  );
  if (key === undefined) return refuse({ code: 'keyUnknown', keyId: envelope.keyId });
  const payload = codec.base64ToBytes(envelope.payload);
  const signature = codec.base64ToBytes(envelope.signature);
  if (payload === undefined || signature === undefined) {
    return refuse({ code: 'envelopeInvalid', detail: 'base64' });
  }
  const message = signedBytes(purpose, payload, codec);
  return input.verify({ publicKey: key.publicKey, message, signature })
    ? ok(payload)
    : refuse({ code: 'signatureWrong', keyId: envelope.keyId });
};
