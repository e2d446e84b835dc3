import { cleanText } from '#core/speech/clean-text.ts';

/** `[[` starts phoneme codes in espeak-ng and Piper; brackets are not read out anyway. */
const BRACKETS = /[[\]]/g;
const SENTENCE_END = /(?<=[.!?…])\s+/;
const SOMETHING_TO_SAY = /[\p{L}\p{N}]/u;

/**
 * The sentences of a text as a synthesizer may be given them: NFC, nothing that is a control or a
 * code, each with something to say. A line end ends a sentence too.
 */
export const toSentences = (text: string): readonly string[] =>
  cleanText(text)
    .split('\n')
    .map((line) => line.replace(/\t/g, ' ').replace(BRACKETS, ' ').trim())
    .flatMap((line) => line.split(SENTENCE_END))
    .filter((sentence) => SOMETHING_TO_SAY.test(sentence));
