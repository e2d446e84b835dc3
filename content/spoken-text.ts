/** Line ends of any kind, and the separators that Unicode adds to them. */
const LINE_ENDS = /\r\n?|[\u0085\u2028\u2029]/g;
/** Control and format characters, and halves of surrogate pairs; none of them can be heard. */
const UNHEARD = /[\p{Cc}\p{Cf}\p{Cs}]/gu;
/** `[[` starts phoneme codes in espeak-ng; brackets are not read out anyway. */
const BRACKETS = /[[\]]/g;
const SENTENCE_END = /(?<=[.!?…])\s+/;
const SOMETHING_TO_SAY = /[\p{L}\p{N}]/u;

/**
 * A text as a synthesizer may be given it: NFC, nothing that is a control or a code, one paragraph
 * per sentence, so that a pause stands between sentences. Empty when there is nothing to be said.
 */
export const toSpokenText = (text: string): string => {
  const sentences = text
    .replace(LINE_ENDS, '\n')
    .normalize('NFC')
    .split('\n')
    .map((line) => line.replace(/\t/g, ' ').replace(UNHEARD, '').replace(BRACKETS, ' ').trim())
    .flatMap((line) => line.split(SENTENCE_END))
    .filter((sentence) => SOMETHING_TO_SAY.test(sentence));
  return sentences.join('\n\n');
};
