import type { SpokenChange, SpokenText } from '#schemas/speech.ts';

/** A part of the spoken text, and the change that made it; null where nothing was changed. */
export type SpeechPiece = { readonly text: string; readonly change: SpokenChange | null };

const NEEDS_BLANK_BEFORE = /[^\s([{“"'-]$/;
const WANTS_BLANK_BEFORE = /^[\p{L}\p{N}]/u;
const WORD_END = /[\p{L}\p{M}\p{N}]$/u;

/** A blank where two words would run into each other. */
const glue = (before: string, after: string, hasChange: boolean): string => {
  if (!hasChange || before === '' || !WANTS_BLANK_BEFORE.test(after)) return '';
  return WORD_END.test(before) || NEEDS_BLANK_BEFORE.test(before) ? ' ' : '';
};

/**
 * The spoken text in pieces, each with the change that made it, in the order of the text. Together
 * they are the spoken text.
 */
export const speechPieces = ({
  source,
  changes,
}: Pick<SpokenText, 'source' | 'changes'>): readonly SpeechPiece[] => {
  const pieces: SpeechPiece[] = [];
  let said = '';
  const add = (text: string, change: SpokenChange | null, isSeam: boolean): void => {
    const piece = said.endsWith(' ') ? text.replace(/^ +/, '') : text;
    if (piece === '') return;
    const whole = `${glue(said, piece, isSeam)}${piece}`;
    pieces.push({ text: whole, change });
    said = whole;
  };
  let at = 0;
  for (const change of changes) {
    add(source.slice(at, change.from), null, true);
    add(change.spoken, change, true);
    at = change.to;
  }
  add(source.slice(at), null, true);
  return pieces;
};
