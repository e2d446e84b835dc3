import { open, rm } from 'node:fs/promises';
import type { Clock } from '#runtime/clock.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import { type BoundedOutcome, runBounded } from './bounded-process.ts';
import { MAX_TEXT_CHARS } from './bounds.ts';
import { isDiskFull } from './disk-full.ts';
import type { Speech, SpeechProblem } from './ports.ts';
import { toSpokenText } from './spoken-text.ts';

/** How the voice speaks; `wordsPerMinute` is espeak-ng's own scale. */
export type EspeakVoice = {
  readonly voice: string;
  readonly wordsPerMinute: number;
};

/**
 * Northern Vietnamese, slow enough for loudspeakers that echo: 130 on the scale of espeak-ng gives
 * about 155 Vietnamese syllables a minute, pauses included.
 */
export const DEFAULT_VOICE: EspeakVoice = { voice: 'vi', wordsPerMinute: 130 };

const SPEAK_MS = 300_000;
/** An hour and a quarter of 22,050 samples a second. */
const MAX_WAV_BYTES = 200_000_000;
const WAV_HEADER_BYTES = 44;
const MAX_DETAIL_CHARS = 300;

const failed = (detail: string) =>
  refuse({ code: 'speechFailed' as const, detail: detail.slice(0, MAX_DETAIL_CHARS) });

const judge = (outcome: BoundedOutcome): Result<void, SpeechProblem> => {
  if (outcome.kind === 'missing') return refuse({ code: 'audioToolMissing', tool: 'espeak-ng' });
  if (outcome.kind === 'stopped') return failed(`espeak-ng passed its bound: ${outcome.bound}`);
  return outcome.code === 0 ? ok(undefined) : failed(outcome.stderr);
};

/** espeak-ng cannot know the length of what it writes to a pipe; the header is completed here. */
const completeHeader = async (path: string): Promise<Result<void, SpeechProblem>> => {
  const file = await open(path, 'r+');
  try {
    const { size } = await file.stat();
    if (size <= WAV_HEADER_BYTES) return failed('espeak-ng wrote no sound');
    const length = Buffer.alloc(4);
    length.writeUInt32LE(size - 8);
    await file.write(length, 0, 4, 4);
    length.writeUInt32LE(size - WAV_HEADER_BYTES);
    await file.write(length, 0, 4, 40);
    return ok(undefined);
  } finally {
    await file.close();
  }
};

const run = async (
  clock: Clock,
  { voice, wordsPerMinute }: EspeakVoice,
  speech: { readonly input: string; readonly outputPath: string },
): Promise<Result<void, SpeechProblem>> => {
  const outcome = await runBounded(clock, {
    command: 'espeak-ng',
    args: ['-v', voice, '-s', String(wordsPerMinute), '-b', '1', '--stdin', '--stdout'],
    maxMs: SPEAK_MS,
    maxOutputBytes: MAX_WAV_BYTES,
    ...speech,
  });
  const judged = judge(outcome);
  return judged.ok ? completeHeader(speech.outputPath) : judged;
};

/**
 * Speech through the espeak-ng of the system. The text goes over standard input and is never an
 * argument. espeak-ng's own file output is not used: on a full disk it writes half a file and
 * reports success.
 */
export const createEspeakSpeech = (clock: Clock, voice: EspeakVoice = DEFAULT_VOICE): Speech => ({
  speak: async (text, targetPath) => {
    if (text.length > MAX_TEXT_CHARS) {
      return refuse({ code: 'textTooLong', chars: text.length, maxChars: MAX_TEXT_CHARS });
    }
    const input = toSpokenText(text);
    if (input === '') return refuse({ code: 'textEmpty' });
    let isWhole = false;
    try {
      const spoken = await run(clock, voice, { input, outputPath: targetPath });
      isWhole = spoken.ok;
      return spoken;
    } catch (error) {
      if (isDiskFull(error)) return refuse({ code: 'diskFull', path: targetPath });
      throw error;
    } finally {
      if (!isWhole) await rm(targetPath, { force: true });
    }
  },
});
