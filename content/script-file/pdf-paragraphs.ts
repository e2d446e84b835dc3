import { isSyllable } from '#core/speech/letters.ts';
import type { PdfLine } from './pdf-lines.ts';

/** Lines further apart than this, in heights of the letters, belong to different blocks. */
const MAX_LEADING = 2;
/** What begins so far to the right, in heights, begins a paragraph. */
const MIN_INDENT = 0.8;
/** Letters of one paragraph differ in height by this part at most. */
const SAME_HEIGHT = 0.15;
/** A block narrower than this part of the widest one has no right edge of its own. */
const MIN_BLOCK_SHARE = 0.4;

const LIST_ITEM = /^(?:[-–—•▪◦*+]\s|\(?(?:\d{1,3}|[a-zđ]|[IVX]{1,5})[.)]\s)/u;
const SENTENCE_END = /[.!?:;…]["”’)]*$/u;
const PARTED = /\p{L}[-\u00ad\u2010]$/u;
const LOWER_START = /^["“‘(]*\p{Ll}/u;
const HAS_LOWER = /\p{Ll}/u;

const leading = (line: PdfLine, next: PdfLine): number =>
  (line.y - next.y) / Math.max(line.height, next.height);

const isBelow = (line: PdfLine, next: PdfLine): boolean => {
  const lines = leading(line, next);
  return lines > 0 && lines <= MAX_LEADING;
};

/** Runs of lines that stand one below the other: a column, a cell, a paragraph by itself. */
const toBlocks = (lines: readonly PdfLine[]): PdfLine[][] => {
  const blocks: PdfLine[][] = [];
  for (const line of lines) {
    const last = blocks.at(-1)?.at(-1);
    if (last !== undefined && isBelow(last, line)) blocks.at(-1)?.push(line);
    else blocks.push([line]);
  }
  return blocks;
};

const edgesOf = (lines: readonly PdfLine[]) => ({
  left: Math.min(...lines.map(({ left }) => left)),
  right: Math.max(...lines.map(({ right }) => right)),
});

const firstWordWidth = ({ text, left, right }: PdfLine): number => {
  const word = text.split(' ', 1)[0] ?? '';
  return ((right - left) * word.length) / text.length;
};

/** The line ends where its block does: the next word had no room on it. */
const isFull = (line: PdfLine, next: PdfLine, blockRight: number): boolean =>
  line.right + firstWordWidth(next) > blockRight;

const looksAlike = (line: PdfLine, next: PdfLine): boolean =>
  Math.abs(line.height - next.height) <= SAME_HEIGHT * line.height &&
  HAS_LOWER.test(line.text) === HAS_LOWER.test(next.text);

/** Whatever the width of its line: the sentence has not ended. */
const isUnfinished = (line: PdfLine, next: PdfLine): boolean =>
  PARTED.test(line.text) || (LOWER_START.test(next.text) && !SENTENCE_END.test(line.text));

const isIndented = (line: PdfLine, next: PdfLine): boolean =>
  !LIST_ITEM.test(line.text) && next.left - line.left > MIN_INDENT * next.height;

const goesOn = (line: PdfLine, next: PdfLine, blockRight: number): boolean =>
  looksAlike(line, next) &&
  (isFull(line, next, blockRight) || isUnfinished(line, next)) &&
  !LIST_ITEM.test(next.text) &&
  !isIndented(line, next);

/** Lines one below the other, and the edges between which they were set. */
type Block = {
  readonly lines: readonly PdfLine[];
  readonly left: number;
  readonly right: number;
};

type Place = { readonly line: PdfLine; readonly block: Block };

/** A paragraph that a page or a column breaks: no sentence ends before it, and none begins. */
const goesOnElsewhere = (last: Place, { line: next, block }: Place): boolean => {
  const { line } = last;
  if (SENTENCE_END.test(line.text) || LIST_ITEM.test(next.text)) return false;
  const isFlush = next.left - block.left <= MIN_INDENT * next.height;
  const isSetOn = looksAlike(line, next) && isFull(line, next, last.block.right) && isFlush;
  return LOWER_START.test(next.text) || isSetOn;
};

/** Vietnamese parts no syllable, so that a hyphen behind one is the word's own. */
const joined = (text: string, next: string): string => {
  if (/[\u00ad\u2010]$/u.test(text)) return text.slice(0, -1) + next;
  const word = /(?:^|\s)(\p{L}[\p{L}-]*)-$/u.exec(text)?.[1];
  if (word === undefined) return `${text} ${next}`;
  const isOwn = isSyllable(word.split('-').at(-1) ?? '') || !LOWER_START.test(next);
  return (isOwn ? text : text.slice(0, -1)) + next;
};

const toSetBlocks = (pages: readonly (readonly PdfLine[])[]): Block[] => {
  const blocks = pages.flatMap(toBlocks).map((lines) => ({ lines, ...edgesOf(lines) }));
  const widest = Math.max(0, ...blocks.map(({ left, right }) => right - left));
  const pageRight = Math.max(0, ...blocks.map(({ right }) => right));
  return blocks.map((block) => {
    const isNarrow = block.right - block.left < MIN_BLOCK_SHARE * widest;
    return isNarrow ? { ...block, right: pageRight } : block;
  });
};

/** The paragraphs of a text that was printed in lines, one on each line; soft hyphens are gone. */
export const linesToText = (pages: readonly (readonly PdfLine[])[]): string => {
  const paragraphs: string[] = [];
  let last: Place | undefined;
  for (const block of toSetBlocks(pages)) {
    for (const line of block.lines) {
      const continues =
        last !== undefined &&
        (last.block === block
          ? goesOn(last.line, line, block.right)
          : goesOnElsewhere(last, { line, block }));
      if (continues) paragraphs.push(joined(paragraphs.pop() ?? '', line.text));
      else paragraphs.push(line.text);
      last = { line, block };
    }
  }
  return paragraphs.join('\n').replaceAll('\u00ad', '');
};
