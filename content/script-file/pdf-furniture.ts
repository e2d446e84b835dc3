import type { PdfLine } from './pdf-lines.ts';

/** How many lines at the head and at the foot of a page may be there on every page. */
const EDGE_LINES = 3;
const MIN_PAGES = 2;
const PAGE_NUMBER =
  /^(?:[-–—]\s*)?(?:trang\s+|page\s+)?\d{1,4}(?:\s*(?:\/|trên|of)\s*\d{1,4})?(?:\s*[-–—])?$/iu;

/** How far the place of such a line may differ from page to page, in points. */
const SAME_PLACE = 3;

/** The same line of two pages: what stands in the same place and differs in numbers at most. */
const isSame = (one: PdfLine, other: PdfLine): boolean =>
  Math.abs(one.y - other.y) <= SAME_PLACE &&
  one.text.replace(/\d+/g, '#') === other.text.replace(/\d+/g, '#');

const edges = (lines: readonly PdfLine[]): PdfLine[] => {
  const byHeight = lines.toSorted((a, b) => b.y - a.y);
  return [...new Set([...byHeight.slice(0, EDGE_LINES), ...byHeight.slice(-EDGE_LINES)])];
};

/** Highest and lowest line: there a number alone is that of the page. */
const outermost = (lines: readonly PdfLine[]): ReadonlySet<PdfLine | undefined> => {
  const byHeight = lines.toSorted((a, b) => b.y - a.y);
  return new Set([byHeight[0], byHeight.at(-1)]);
};

/**
 * The lines of each page without numbers of pages, and without what stands at the head or foot of
 * most pages.
 */
export const withoutFurniture = (pages: readonly (readonly PdfLine[])[]): PdfLine[][] => {
  const edgesOfPages = pages.map(edges);
  const isRepeated = (line: PdfLine): boolean => {
    const { length } = edgesOfPages.filter((lines) => lines.some((other) => isSame(line, other)));
    return length >= MIN_PAGES && length > pages.length / 2;
  };
  return pages.map((lines) => {
    const repeated = new Set(edges(lines).filter(isRepeated));
    const rest = lines.filter((line) => !repeated.has(line));
    const ends = outermost(rest);
    return rest.filter((line) => !(ends.has(line) && PAGE_NUMBER.test(line.text)));
  });
};
