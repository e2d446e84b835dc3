import * as z from 'zod';

/**
 * What a signed message is for. A signature for one purpose is worth nothing for another, because
 * the purpose is part of the signed bytes. Source: DESIGN.md, contracts.
 */
export const PURPOSES = [
  'pointer',
  'limits',
  'emergency',
  'time',
  'release',
  'record',
  'seal',
  'permit',
  'excuse',
  'lock',
  'correction',
  'logStart',
  'logGap',
  'bundle',
] as const;
export const purposeSchema = z.enum(PURPOSES);
export type Purpose = z.infer<typeof purposeSchema>;

/** The most payload one envelope carries, in bytes before base64. */
export const MAX_PAYLOAD_BYTES = 262_144;
const MAX_PAYLOAD_CHARS = Math.ceil(MAX_PAYLOAD_BYTES / 3) * 4;

/**
 * Which key signed: the first 32 hexadecimal digits of the SHA-256 of the raw 32-byte Ed25519
 * public key.
 */
export const keyIdSchema = z
  .string()
  .regex(/^[0-9a-f]{32}$/)
  .meta({ id: 'KeyId' });

/** A raw Ed25519 public key, 32 bytes in base64 with padding. Source: RFC 8032, RFC 4648 section 4. */
export const publicKeySchema = z
  .string()
  .regex(/^[A-Za-z0-9+/]{43}=$/)
  .meta({ id: 'PublicKey' });

/**
 * A signed message as it is sent and stored: JSON with `payload` and `signature` in base64 with
 * padding. The signature is Ed25519 over the ASCII bytes `tl/v1/` + purpose + LF, followed by the
 * payload's bytes. Payload bytes are never parsed and written again for checking.
 * Source: DESIGN.md, contracts; ADR 0003.
 */
export const envelopeSchema = z
  .object({
    keyId: keyIdSchema,
    purpose: purposeSchema,
    payload: z.base64().min(4).max(MAX_PAYLOAD_CHARS),
    signature: z.base64().length(88),
  })
  .meta({ id: 'Envelope' });
export type Envelope = z.infer<typeof envelopeSchema>;

/** The bytes that stand before the payload under the signature. */
export const purposePrefix = (purpose: Purpose): string => `tl/v1/${purpose}\n`;
