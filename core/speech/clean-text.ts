/** Line ends of any kind, and the separators that Unicode adds to them. */
const LINE_ENDS = /\r\n?|[\u0085\u2028\u2029]/g;
/** Control and format characters, and halves of surrogate pairs; none of them can be heard. */
const UNHEARD = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}]/gu;

/** Digits, letters and signs as wide as a Chinese character. */
const WIDE = /[\uff01-\uff5e]/g;

/**
 * A script as it is worked on: NFC, every line end a `\n`, nothing that could command a synthesizer
 * and not be heard.
 */
export const cleanText = (text: string): string =>
  text
    .replace(LINE_ENDS, '\n')
    .replace(UNHEARD, '')
    .replace(WIDE, (sign) => sign.normalize('NFKC'))
    .normalize('NFC');
