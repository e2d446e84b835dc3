import { join } from 'node:path';
import * as z from 'zod';
import type { Clock } from '#runtime/clock.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import { runBounded } from '../bounded-process.ts';
import { MAX_TEXT_CHARS } from '../bounds.ts';

const answerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string() }),
  z.object({ kind: z.literal('tooLong'), chars: z.number() }),
  z.object({ kind: z.enum(['encrypted', 'broken', 'tooLarge']) }),
]);
/** What the process says that reads one PDF. */
export type PdfAnswer = z.infer<typeof answerSchema>;

export type PdfProblem = ProblemOf<
  'scriptFileBroken' | 'scriptFileEncrypted' | 'scriptFileNoText' | 'textTooLong'
>;

const MAX_MS = 20_000;
const MAX_HEAP_MB = 256;
/** Half of it is address space that Node only reserves. */
const MAX_MEMORY_BYTES = 1_000_000_000;
const MAX_OUTPUT_BYTES = 2_000_000;
const PROGRAM = join(import.meta.dirname, 'pdf-process.ts');

const broken = (flaw: 'broken' | 'tooLarge') => refuse({ code: 'scriptFileBroken' as const, flaw });

/** Letters and digits: a scan has none, and a font without letters gives signs of private use. */
const READABLE = /[\p{L}\p{N}]/gu;
const UNREADABLE = /[\p{Co}\p{Cn}\ufffd]|(?![\t\n\r])\p{Cc}/gu;

const isReadable = (text: string): boolean => {
  const readable = text.match(READABLE)?.length ?? 0;
  return readable > 0 && (text.match(UNREADABLE)?.length ?? 0) < readable / 4;
};

const toResult = (answer: PdfAnswer): Result<string, PdfProblem> => {
  if (answer.kind === 'text') {
    return isReadable(answer.text)
      ? ok(answer.text.replace(UNREADABLE, ''))
      : refuse({ code: 'scriptFileNoText' });
  }
  if (answer.kind === 'tooLong') {
    return refuse({ code: 'textTooLong', chars: answer.chars, maxChars: MAX_TEXT_CHARS });
  }
  return answer.kind === 'encrypted'
    ? refuse({ code: 'scriptFileEncrypted' })
    : broken(answer.kind);
};

/**
 * What can be read in a PDF, a line for each paragraph, without numbers of pages, heads and feet. It
 * is read in a process of its own, bounded in time, memory and pages. Errors: scriptFileBroken,
 * scriptFileEncrypted, scriptFileNoText (a scan), textTooLong. Source: issue 6, 1.
 */
export const readPdf = async (
  bytes: Uint8Array,
  clock: Clock,
): Promise<Result<string, PdfProblem>> => {
  const outcome = await runBounded(clock, {
    command: process.execPath,
    args: [`--max-old-space-size=${MAX_HEAP_MB}`, PROGRAM],
    input: bytes,
    maxMs: MAX_MS,
    maxOutputBytes: MAX_OUTPUT_BYTES,
    maxMemoryBytes: MAX_MEMORY_BYTES,
  });
  if (outcome.kind === 'missing') throw new Error('The runtime cannot be started again');
  if (outcome.kind === 'stopped') return broken('tooLarge');
  // Without an answer it died of what it read: it had no more memory.
  if (outcome.code !== 0) return broken('tooLarge');
  return toResult(answerSchema.parse(JSON.parse(outcome.stdout)));
};
