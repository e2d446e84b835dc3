import type { Entropy } from '#runtime/clock.ts';
import { inGroups, randomText } from './random-text.ts';

/** 16 characters of 30 kinds: 78 bits. */
const ONE_TIME_PASSWORD_CHARS = 16;

/** A password that is told once and must be changed at the first sign-in. */
export const oneTimePassword = (entropy: Entropy): string =>
  inGroups(randomText(entropy, ONE_TIME_PASSWORD_CHARS));
