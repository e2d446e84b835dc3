import { pbkdf2Sync } from 'node:crypto';

/** PBKDF2 with HMAC-SHA-512 over the UTF-8 bytes of the password. Source: RFC 8018, 5.2. */
export const pbkdf2Sha512 = (input: {
  readonly password: string;
  readonly salt: Uint8Array;
  readonly iterations: number;
  readonly length: number;
}): Uint8Array => pbkdf2Sync(input.password, input.salt, input.iterations, input.length, 'sha512');
