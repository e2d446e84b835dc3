import { legacyToUnicode, vietnameseShare } from './legacy-vietnamese.ts';

const hasBom = (bytes: Uint8Array, ...bom: readonly number[]): boolean =>
  bom.every((byte, index) => bytes[index] === byte);

const decodeAs = (encoding: string, bytes: Uint8Array): string =>
  new TextDecoder(encoding).decode(bytes);

/** Latin text in UTF-16 is every second byte a nought. */
const utf16Without = (bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined => {
  const head = bytes.subarray(0, 1024);
  const noughts = (odd: number): number =>
    head.filter((byte, at) => at % 2 === odd && byte === 0).length;
  if (noughts(1) > head.length / 4) return 'utf-16le';
  return noughts(0) > head.length / 4 ? 'utf-16be' : undefined;
};

/** Undefined when the bytes are not of that encoding. */
const decodeExactly = (encoding: string, bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

/** One byte a letter: Windows-1258, TCVN3 and VNI all fit, and one of them reads as Vietnamese. */
const asOneByte = (bytes: Uint8Array): string => {
  const vietnamese = decodeAs('windows-1258', bytes).normalize('NFC');
  const western = legacyToUnicode(decodeAs('windows-1252', bytes));
  return vietnameseShare(vietnamese) >= vietnameseShare(western) ? vietnamese : western;
};

/**
 * The text of a plain text file in UTF-8, UTF-16, Windows-1258, TCVN3 (ABC) or VNI, whichever reads
 * best as Vietnamese, in NFC.
 */
export const decodeText = (bytes: Uint8Array): string => {
  if (hasBom(bytes, 0xff, 0xfe)) return decodeAs('utf-16le', bytes).normalize('NFC');
  if (hasBom(bytes, 0xfe, 0xff)) return decodeAs('utf-16be', bytes).normalize('NFC');
  const guessed = utf16Without(bytes);
  const wide = guessed && decodeExactly(guessed, bytes);
  if (wide !== undefined) return wide.normalize('NFC');
  const utf8 = decodeExactly('utf-8', bytes);
  return utf8 === undefined ? asOneByte(bytes) : legacyToUnicode(utf8.normalize('NFC'));
};
