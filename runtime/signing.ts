import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import type { HashBytes, SignBytes, VerifyBytes } from '#core/crypto.ts';
import { type ByteCodec, signedBytes } from '#core/envelope.ts';
import type { Envelope, Purpose } from '#schemas/envelope.ts';

/** The DER header that makes a SubjectPublicKeyInfo of a raw Ed25519 key. Source: RFC 8410. */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/** SHA-256 through node:crypto. */
export const sha256: HashBytes = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** Texts and bytes through Node's buffers; base64 is taken only in its one canonical form. */
export const byteCodec: ByteCodec = {
  textToBytes: (text) => Buffer.from(text, 'utf8'),
  base64ToBytes: (text) => {
    const bytes = Buffer.from(text, 'base64');
    return bytes.toString('base64') === text ? bytes : undefined;
  },
};

/** The id of a raw public key. Source: schemas/envelope.ts. */
export const publicKeyToKeyId = (publicKey: Uint8Array): string => sha256(publicKey).slice(0, 32);

/** Ed25519 verification through node:crypto; a key of the wrong form verifies nothing. */
export const verifyEd25519: VerifyBytes = ({ publicKey, message, signature }) => {
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  return verify(null, message, rawToKey(publicKey), signature);
};

/** The same in a thread of the runtime, so that many checks do not hold up everything else. */
export const verifyEd25519InBackground = async ({
  publicKey,
  message,
  signature,
}: Parameters<VerifyBytes>[0]): Promise<boolean> => {
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  return new Promise((resolve, reject) =>
    verify(null, message, rawToKey(publicKey), signature, (error, isRight) =>
      error ? reject(error) : resolve(isRight),
    ),
  );
};

const rawToKey = (publicKey: Uint8Array): KeyObject => {
  const der = Buffer.concat([SPKI_PREFIX, publicKey]);
  return createPublicKey({ key: der, format: 'der', type: 'spki' });
};

/** A private key that can sign; the key itself stays inside. */
export interface Signer {
  readonly keyId: string;
  readonly publicKey: Uint8Array;
  readonly sign: SignBytes;
}

/** A fresh Ed25519 private key as PKCS#8 PEM, made from the system's randomness. */
export const createPrivateKeyPem = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

/** A signer from a PKCS#8 PEM; undefined when it is no Ed25519 private key. */
export const signerFromPem = (pem: string): Signer | undefined => {
  const privateKey = readPrivateKey(pem);
  if (privateKey?.asymmetricKeyType !== 'ed25519') return undefined;
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  const publicKey = spki.subarray(SPKI_PREFIX.length);
  return {
    keyId: publicKeyToKeyId(publicKey),
    publicKey,
    sign: (message) => sign(null, message, privateKey),
  };
};

const readPrivateKey = (pem: string): KeyObject | undefined => {
  try {
    return createPrivateKey(pem);
  } catch {
    // Not a key: the caller says so in its own words.
    return undefined;
  }
};

/** An envelope around exactly these payload bytes. Source: DESIGN.md, contracts. */
export const sealEnvelope = (signer: Signer, purpose: Purpose, payload: Uint8Array): Envelope => ({
  keyId: signer.keyId,
  purpose,
  payload: Buffer.from(payload).toString('base64'),
  signature: Buffer.from(signer.sign(signedBytes(purpose, payload, byteCodec))).toString('base64'),
});
