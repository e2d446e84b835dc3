import { canonicalJson, type JsonValue } from '#core/canonical-json.ts';
import { byteCodec, sealEnvelope } from '#runtime/signing.ts';
import type { Envelope, Purpose } from '#schemas/envelope.ts';
import type { SiteKeys } from '../ports/keys.ts';

/** The payload, written once in its canonical form and signed with the site's key. */
export const signPayload = (keys: SiteKeys, purpose: Purpose, payload: JsonValue): Envelope =>
  sealEnvelope(keys.signer, purpose, byteCodec.textToBytes(canonicalJson(payload)));
