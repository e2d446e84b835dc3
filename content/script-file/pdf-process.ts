import { buffer } from 'node:stream/consumers';
import { getDocumentProxy } from 'unpdf';
import { MAX_TEXT_CHARS } from '../bounds.ts';
import { withoutFurniture } from './pdf-furniture.ts';
import { type PdfPage, type PdfRun, pageToLines } from './pdf-lines.ts';
import { linesToText } from './pdf-paragraphs.ts';
import type { PdfAnswer } from './read-pdf.ts';

/** Pages that are looked at; forty thousand characters fill about fifteen. */
const MAX_PAGES = 200;
const QUIET = { verbosity: 0, disableFontFace: true, useSystemFonts: false, maxImageSize: 0 };

type Document = Awaited<ReturnType<typeof getDocumentProxy>>;
type Content = Awaited<ReturnType<Awaited<ReturnType<Document['getPage']>>['getTextContent']>>;

/** Text that stands upright; what is turned is a stamp or a watermark. */
const toRuns = (content: Content): PdfRun[] =>
  content.items.flatMap((item) => {
    if (!('str' in item)) return [];
    const [a = 0, b = 0, , , left = 0, y = 0] = item.transform.map(Number);
    if (Math.abs(b) > Math.abs(a)) return [];
    const { str: text, width, height, hasEOL: endsLine } = item;
    return [{ text, left, right: left + width, y, height, endsLine }];
  });

const readPage = async (document: Document, number: number): Promise<PdfPage> => {
  const page = await document.getPage(number);
  const [left = 0, bottom = 0, right = 0, top = 0] = page.view;
  const runs = toRuns(await page.getTextContent());
  page.cleanup();
  return { width: right - left, height: top - bottom, runs };
};

const readDocument = async (document: Document): Promise<PdfAnswer> => {
  if (document.numPages > MAX_PAGES) return { kind: 'tooLarge' };
  const pages: PdfPage[] = [];
  let chars = 0;
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await readPage(document, number);
    chars += page.runs.reduce((sum, { text }) => sum + text.length, 0);
    pages.push(page);
    // Far more than a script may have: spaces and headings go, so much does not.
    if (chars > 2 * MAX_TEXT_CHARS) return { kind: 'tooLong', chars };
  }
  return { kind: 'text', text: linesToText(withoutFurniture(pages.map(pageToLines))) };
};

const read = async (bytes: Uint8Array): Promise<PdfAnswer> => {
  try {
    return await readDocument(await getDocumentProxy(bytes, QUIET));
  } catch (error) {
    const isLocked = error instanceof Error && error.name === 'PasswordException';
    return { kind: isLocked ? 'encrypted' : 'broken' };
  }
};

// A PDF comes in by standard input, an answer goes out by standard output: `readPdf` runs this file.
const answer = await read(new Uint8Array(await buffer(process.stdin)));
process.stdout.write(JSON.stringify(answer), () => process.exit());
