import type { Clock } from '#runtime/clock.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import { MAX_TEXT_CHARS } from '../bounds.ts';
import { decodeText } from './decode-text.ts';
import { documentXmlToText } from './document-xml.ts';
import { legacyToUnicode } from './legacy-vietnamese.ts';
import { type PdfProblem, readPdf } from './read-pdf.ts';
import { readZipEntry } from './zip-entry.ts';

/** The largest file with a script: pictures in it count too. */
export const MAX_SCRIPT_FILE_BYTES = 10_485_760;
/** Forty thousand characters have a hundred times as much of XML about them at most. */
const MAX_XML_BYTES = 20_000_000;
const DOCUMENT = 'word/document.xml';
const ZIP = 'PK\u0003\u0004';
/** Signs of no text: what stands in pictures, programs and old Word files. */
const NO_TEXT = /(?![\t\n\v\f\r])\p{Cc}/u;

/** Among the first signs: programs put a line before it now and then. */
const PDF = /%PDF-\d/;
const PDF_HEAD_BYTES = 1024;

export type ScriptFileProblem =
  | ProblemOf<'scriptFileUnknown' | 'scriptFileBroken' | 'textTooLong' | 'textEmpty'>
  | PdfProblem;

const bounded = (text: string): Result<string, ScriptFileProblem> => {
  if (text.length > MAX_TEXT_CHARS) {
    return refuse({ code: 'textTooLong', chars: text.length, maxChars: MAX_TEXT_CHARS });
  }
  return text.trim() === '' ? refuse({ code: 'textEmpty' }) : ok(text);
};

const readWord = async (bytes: Buffer): Promise<Result<string, ScriptFileProblem>> => {
  const xml = await readZipEntry(bytes, { name: DOCUMENT, maxBytes: MAX_XML_BYTES });
  if (xml.ok) {
    const text = documentXmlToText(xml.value.toString('utf8')).normalize('NFC');
    return bounded(legacyToUnicode(text));
  }
  if (xml.problem === 'absent') return refuse({ code: 'scriptFileUnknown' });
  return refuse({ code: 'scriptFileBroken', flaw: xml.problem });
};

const readPdfText = async (
  bytes: Buffer,
  clock: Clock,
): Promise<Result<string, ScriptFileProblem>> => {
  const text = await readPdf(bytes, clock);
  return text.ok ? bounded(legacyToUnicode(text.value)) : text;
};

/**
 * The text of a script file: plain text in any encoding that Vietnamese was written in, a Word file
 * (.docx) or a PDF with text. What it is shows in its bytes, not in its name. Errors:
 * scriptFileUnknown, scriptFileBroken, scriptFileEncrypted, scriptFileNoText, textTooLong, textEmpty.
 * Source: issue 6, 1.
 */
export const readScriptFile = async (
  bytes: Buffer,
  clock: Clock,
): Promise<Result<string, ScriptFileProblem>> => {
  const head = bytes.toString('latin1', 0, PDF_HEAD_BYTES);
  if (head.startsWith(ZIP)) return readWord(bytes);
  if (PDF.test(head)) return readPdfText(bytes, clock);
  const text = decodeText(bytes);
  return NO_TEXT.test(text) ? refuse({ code: 'scriptFileUnknown' }) : bounded(text);
};
