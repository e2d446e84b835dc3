import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openEnvelope, signedBytes, type TrustedKey } from '#core/envelope.ts';
import { byteCodec, sealEnvelope, verifyEd25519 } from '#runtime/signing.ts';
import { type Envelope, envelopeSchema, PURPOSES, type Purpose } from '#schemas/envelope.ts';
import { opensslSha256, opensslVerifies } from '#tests/support/openssl.ts';
import { newSigner } from '#tests/support/signed-log.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import vectors from '../vectors/envelope/cases.json' with { type: 'json' };

const bytesOf = (base64: string): Uint8Array => Buffer.from(base64, 'base64');

const keys: readonly TrustedKey[] = vectors.keys.map((key) => ({
  keyId: key.keyId,
  publicKey: bytesOf(key.publicKey),
  purposes: key.purposes as Purpose[],
}));

const open = (envelope: Envelope, purpose: Purpose, trusted = keys) =>
  openEnvelope({ envelope, purpose, keys: trusted, codec: byteCodec, verify: verifyEd25519 });

describe('the vectors of envelopes', () => {
  it.each(vectors.cases)('$why', ({ envelope, purpose, expected }) => {
    const opened = open(envelope as Envelope, purpose as Purpose);
    const answer = opened.ok
      ? { payloadHex: Buffer.from(opened.value).toString('hex') }
      : { problem: opened.problem };
    expect(answer).toEqual(expected);
  });

  it.each(vectors.cases)('openssl agrees about the signature: $why', async (vector) => {
    const envelope = vector.envelope as Envelope;
    const publicKey = keys.find((key) => key.keyId === envelope.keyId)?.publicKey;
    const isCanonical =
      Buffer.from(bytesOf(envelope.payload)).toString('base64') === envelope.payload;
    if (publicKey === undefined || !isCanonical) {
      // What openssl cannot be asked about is refused before any signature is looked at.
      expect(vector.expected.problem?.code).toMatch(/^(keyUnknown|envelopeInvalid)$/);
      return;
    }
    const prefix = Buffer.from(`tl/v1/${envelope.purpose}\n`, 'ascii');
    const message = Buffer.concat([prefix, bytesOf(envelope.payload)]);
    const signature = bytesOf(envelope.signature);
    const isGood = opensslVerifies(await temporaryFolder(), { publicKey, message, signature });
    expect(isGood).toBe(vector.expected.problem?.code !== 'signatureWrong');
  });

  it.each(vectors.keys)('openssl finds the id of key $source', async ({ keyId, publicKey }) => {
    const hash = opensslSha256(await temporaryFolder(), bytesOf(publicKey));
    expect(hash.slice(0, 32)).toBe(keyId);
  });
});

describe('an envelope', () => {
  const signer = newSigner();
  const { keyId, publicKey } = signer;
  const trusted = [{ keyId, publicKey, purposes: PURPOSES }];

  it('gives back exactly the bytes that were signed, whatever they are', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 300 }),
        fc.constantFrom(...PURPOSES),
        (payload, purpose) => {
          const envelope = sealEnvelope(signer, purpose, payload);
          expect(envelopeSchema.parse(envelope)).toEqual(envelope);
          const opened = open(envelope, purpose, trusted);
          expect(opened.ok && Buffer.from(opened.value).equals(payload)).toBe(true);
        },
      ),
    );
  });

  it('that this program sealed is good for openssl', async () => {
    const payload = Buffer.from('{"v":1}');
    const envelope = sealEnvelope(signer, 'pointer', payload);
    const message = signedBytes('pointer', payload, byteCodec);
    const signature = bytesOf(envelope.signature);
    const folder = await temporaryFolder();
    expect(opensslVerifies(folder, { publicKey, message, signature })).toBe(true);
    const other = { publicKey: newSigner().publicKey, message, signature };
    expect(opensslVerifies(folder, other)).toBe(false);
  });

  it('of which any single bit was changed is refused', () => {
    const envelope = sealEnvelope(signer, 'record', Buffer.from('{"seq":1}'));
    const bits = fc.record({
      field: fc.constantFrom('payload' as const, 'signature' as const),
      bit: fc.nat(64 * 8 - 1),
    });
    fc.assert(
      fc.property(bits, ({ field, bit }) => {
        const bytes = Buffer.from(envelope[field], 'base64');
        const at = Math.floor(bit / 8) % bytes.length;
        bytes[at] = (bytes[at] ?? 0) ^ (1 << (bit % 8));
        const changed = { ...envelope, [field]: bytes.toString('base64') };
        const opened = open(changed, 'record', trusted);
        expect(opened.ok ? 'opened' : opened.problem.code).toBe('signatureWrong');
      }),
    );
  });

  it('is worth nothing under any other purpose', () => {
    const envelope = sealEnvelope(signer, 'record', Buffer.from('{}'));
    for (const purpose of PURPOSES.filter((each) => each !== 'record')) {
      expect(open(envelope, purpose, trusted)).toMatchObject({
        problem: { code: 'purposeWrong', expected: purpose, found: 'record' },
      });
      expect(open({ ...envelope, purpose }, purpose, trusted)).toMatchObject({
        problem: { code: 'signatureWrong' },
      });
    }
  });
});
