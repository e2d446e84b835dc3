import type { Entropy } from '#runtime/clock.ts';

/** Letters and digits that nobody confuses when reading them out. Source: schemas/enrolment.ts. */
const PLAIN_ALPHABET = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';
const BYTE_VALUES = 256;

/** `length` characters without look-alikes, each equally likely. */
export const randomText = (entropy: Entropy, length: number): string => {
  const fair = BYTE_VALUES - (BYTE_VALUES % PLAIN_ALPHABET.length);
  let text = '';
  while (text.length < length) {
    for (const byte of entropy.bytes(length)) {
      if (byte < fair && text.length < length) text += PLAIN_ALPHABET[byte % PLAIN_ALPHABET.length];
    }
  }
  return text;
};

/** In groups of four, as `ABCD-EFGH`. */
export const inGroups = (text: string): string => text.replaceAll(/(.{4})(?=.)/g, '$1-');

const SECRET_BYTES = 32;

/** A secret for machines: 256 bits in URL-safe base64. */
export const randomSecret = (entropy: Entropy): string =>
  Buffer.from(entropy.bytes(SECRET_BYTES)).toString('base64url');
