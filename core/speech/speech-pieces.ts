import type { SpokenChange, SpokenText } from '#schemas/speech.ts';

/** A part of the spoken text, and the change that made it; null where nothing was changed. */
export type SpeechPiece = {
  /** Where it stands in the spoken text, in UTF-16 units. */
  readonly at: number;
  readonly text: string;
  readonly change: SpokenChange | null;
};

const NEEDS_BLANK = /[^\s([{“"'-]$/;
const WANTS_BLANK = /^[\p{L}\p{N}]/u;

/** One blank where two words would run into each other, and where there would be two. */
const join = (before: string, after: string): string => {
  if (before.endsWith(' ')) return after.replace(/^ +/, '');
  return NEEDS_BLANK.test(before) && WANTS_BLANK.test(after) ? ` ${after}` : after;
};

type Part = Omit<SpeechPiece, 'at'>;

/** The source cut where its changes begin and end, each change in its own words. */
const partsOf = (source: string, changes: readonly SpokenChange[]): readonly Part[] => {
  const parts: Part[] = [];
  let at = 0;
  for (const change of changes) {
    parts.push({ text: source.slice(at, change.from), change: null });
    parts.push({ text: change.spoken, change });
    at = change.to;
  }
  return [...parts, { text: source.slice(at), change: null }];
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
  let at = 0;
  let before = '';
  for (const { text, change } of partsOf(source, changes)) {
    const joined = text === '' ? '' : join(before, text);
    if (joined === '') continue;
    pieces.push({ at, text: joined, change });
    at += joined.length;
    before = joined;
  }
  return pieces;
};
