import { rm } from 'node:fs/promises';
import type { Clock } from '#runtime/clock.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import { type BoundedOutcome, type BoundedRun, runBounded } from './bounded-process.ts';
import { MAX_TEXT_CHARS } from './bounds.ts';
import { isDiskFull } from './disk-full.ts';
import type { SpeechProblem } from './ports.ts';
import { toSentences } from './spoken-text.ts';
import { completeWavHeader } from './wav-header.ts';

/** An hour and a quarter of 22,050 samples a second. */
const MAX_WAV_BYTES = 200_000_000;
const MAX_DETAIL_CHARS = 300;

/** A synthesizer that reads from standard input and writes a WAV file to standard output. */
export type Synthesizer = {
  readonly command: string;
  readonly args: readonly string[];
  readonly maxMs: number;
  readonly maxMemoryBytes?: number;
  /** What it is given for these sentences. */
  readonly toInput: (sentences: readonly string[]) => string;
};

const failed = (detail: string) =>
  refuse({ code: 'speechFailed' as const, detail: detail.slice(0, MAX_DETAIL_CHARS) });

const judge = (command: string, outcome: BoundedOutcome): Result<void, SpeechProblem> => {
  if (outcome.kind === 'missing') return refuse({ code: 'audioToolMissing', tool: command });
  if (outcome.kind === 'stopped') return failed(`${command} passed its bound: ${outcome.bound}`);
  return outcome.code === 0
    ? ok(undefined)
    : failed(outcome.stderr || `${command} ended with ${outcome.code}`);
};

const run = async (
  clock: Clock,
  { toInput, ...synthesizer }: Synthesizer,
  speech: { readonly sentences: readonly string[]; readonly outputPath: string },
): Promise<Result<void, SpeechProblem>> => {
  const { sentences, outputPath } = speech;
  const bounds: BoundedRun = { ...synthesizer, maxOutputBytes: MAX_WAV_BYTES };
  const outcome = await runBounded(clock, { ...bounds, input: toInput(sentences), outputPath });
  const judged = judge(synthesizer.command, outcome);
  return judged.ok ? completeWavHeader(outputPath) : judged;
};

/**
 * Speaks a text into a WAV file of its own. The text goes over standard input and is never an
 * argument; the sound comes over standard output, because on a full disk synthesizers write half a
 * file and report success. Errors: textEmpty, textTooLong, speechFailed, audioToolMissing, diskFull;
 * nothing is left at `targetPath` then.
 */
export const speakIntoFile = async (
  clock: Clock,
  synthesizer: Synthesizer,
  { text, targetPath }: { readonly text: string; readonly targetPath: string },
): Promise<Result<void, SpeechProblem>> => {
  if (text.length > MAX_TEXT_CHARS) {
    return refuse({ code: 'textTooLong', chars: text.length, maxChars: MAX_TEXT_CHARS });
  }
  const sentences = toSentences(text);
  if (sentences.length === 0) return refuse({ code: 'textEmpty' });
  let isWhole = false;
  try {
    const spoken = await run(clock, synthesizer, { sentences, outputPath: targetPath });
    isWhole = spoken.ok;
    return spoken;
  } catch (error) {
    if (isDiskFull(error)) return refuse({ code: 'diskFull', path: targetPath });
    throw error;
  } finally {
    if (!isWhole) await rm(targetPath, { force: true });
  }
};
