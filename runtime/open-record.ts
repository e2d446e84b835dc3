import { signedBytes } from '#core/envelope.ts';
import {
  type LogTools,
  type OpenedRecord,
  type OpenRecordProblem,
  openRecord,
} from '#core/open-record.ts';
import type { Envelope } from '#schemas/envelope.ts';
import type { Result } from '#schemas/result.ts';
import {
  byteCodec,
  publicKeyToKeyId,
  sha256,
  verifyEd25519,
  verifyEd25519InBackground,
} from './signing.ts';

/** What records of the holder of a raw public key are opened with, through node:crypto. */
export const logTools = (publicKey: Uint8Array): LogTools => ({
  keyId: publicKeyToKeyId(publicKey),
  publicKey,
  codec: byteCodec,
  bytesToText: (bytes) => Buffer.from(bytes).toString('utf8'),
  hash: sha256,
  verify: verifyEd25519,
});

/** As `openRecord` of core, with the costly check of the signature off the event loop. */
export const openRecordInBackground = async (
  envelope: Envelope,
  tools: LogTools,
): Promise<Result<OpenedRecord, OpenRecordProblem>> => {
  const payload = byteCodec.base64ToBytes(envelope.payload);
  const signature = byteCodec.base64ToBytes(envelope.signature);
  if (payload === undefined || signature === undefined) return openRecord(envelope, tools);
  const message = signedBytes(envelope.purpose, payload, byteCodec);
  const { publicKey } = tools;
  const isRight = await verifyEd25519InBackground({ publicKey, message, signature });
  return openRecord(envelope, { ...tools, verify: () => isRight });
};
