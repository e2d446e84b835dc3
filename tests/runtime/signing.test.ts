import { describe, expect, test } from 'vitest';
import { openEnvelope } from '#core/envelope.ts';
import {
  byteCodec,
  createPrivateKeyPem,
  publicKeyToKeyId,
  sealEnvelope,
  signerFromPem,
  verifyEd25519,
} from '#runtime/signing.ts';

const newSigner = () => {
  const signer = signerFromPem(createPrivateKeyPem());
  if (signer === undefined) throw new Error('no key');
  return signer;
};

describe('signing', () => {
  test('what a key signs, its public half verifies, and no other key does', () => {
    const [ours, other] = [newSigner(), newSigner()];
    const message = Buffer.from('loa thôn Đông');
    const signature = ours.sign(message);
    expect(verifyEd25519({ publicKey: ours.publicKey, message, signature })).toBe(true);
    expect(verifyEd25519({ publicKey: other.publicKey, message, signature })).toBe(false);
  });

  test.each([
    { pem: '', why: 'nothing' },
    { pem: 'not a key', why: 'text' },
    { pem: createPrivateKeyPem().slice(0, 40), why: 'half a key' },
  ])('a file that holds $why is no key', ({ pem }) => {
    expect(signerFromPem(pem)).toBeUndefined();
  });

  test('a key or signature of the wrong length verifies nothing', () => {
    const signer = newSigner();
    const message = Buffer.from('x');
    const signature = signer.sign(message);
    const short = signature.subarray(1);
    expect(verifyEd25519({ publicKey: signer.publicKey, message, signature: short })).toBe(false);
    const publicKey = signer.publicKey.subarray(1);
    expect(verifyEd25519({ publicKey, message, signature })).toBe(false);
  });

  test('a sealed envelope opens to the very bytes that were sealed', () => {
    const signer = newSigner();
    const payload = Buffer.from([0, 255, 10, 13, 128]);
    const envelope = sealEnvelope(signer, 'release', payload);
    expect(envelope.keyId).toBe(publicKeyToKeyId(signer.publicKey));
    const keys = [
      { keyId: signer.keyId, publicKey: signer.publicKey, purposes: ['release'] as const },
    ];
    const opened = openEnvelope({
      envelope,
      purpose: 'release',
      keys,
      codec: byteCodec,
      verify: verifyEd25519,
    });
    expect(opened.ok && Buffer.from(opened.value).equals(payload)).toBe(true);
  });
});
