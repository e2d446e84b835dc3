import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '#runtime/clock.ts';
import { refuse } from '#schemas/result.ts';
import { usualManner, type Voice } from '#schemas/speech.ts';
import type { Speech, VoiceManner } from './ports.ts';
import { speakIntoFile } from './speak-into-file.ts';

/** A slow machine takes a third of the time that the sound lasts. */
const SPEAK_MS = 1_200_000;
/** A voice is 20 to 120 MB; what it works with is several times that. */
const MAX_MEMORY_BYTES = 3_221_225_472;
const MAX_VOICES = 100;
const MODEL = /^([\p{L}\p{N}][\p{L}\p{N}._-]{0,60})\.onnx$/u;
const ENDS_A_SENTENCE = /[.!?…]$/;

/** Where the voices are, and the program that reads with them. */
export type PiperPlace = { readonly command: string; readonly voiceFolder: string };

const namesIn = async (folder: string): Promise<readonly string[]> => {
  try {
    return await readdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
};

/** A model counts as a voice when the description that Piper wants lies beside it. */
const voicesIn = async (folder: string): Promise<readonly Voice[]> => {
  const files = new Set(await namesIn(folder));
  const names = [...files].sort().map((file) => MODEL.exec(file)?.[1] ?? '');
  return names
    .filter((name) => name !== '' && files.has(`${name}.onnx.json`))
    .slice(0, MAX_VOICES)
    .map((name) => ({ id: `piper/${name}`, engine: 'piper', name }));
};

/** Piper takes each line for a text of its own and writes a file for each. */
const toOneLine = (sentences: readonly string[]): string =>
  `${sentences.map((said) => (ENDS_A_SENTENCE.test(said) ? said : `${said}.`)).join(' ')}\n`;

const toSeconds = (ms: number): string => String(ms / 1000);

const argumentsOf = (model: string, { speedPercent, pauseMs }: VoiceManner): readonly string[] => [
  '--model',
  model,
  '--length_scale',
  (100 / speedPercent).toFixed(3),
  '--sentence_silence',
  toSeconds(pauseMs),
  '--output_file',
  '-',
];

/**
 * Speech through Piper with the voices in a folder, each NAME.onnx with its NAME.onnx.json; voices
 * that are dropped in are there at once. Tested against a stand-in with the same command line, not
 * with a real voice. Source: issue 6, 4.
 */
export const createPiperSpeech = (clock: Clock, { command, voiceFolder }: PiperPlace): Speech => ({
  voices: () => voicesIn(voiceFolder),
  speak: async (text, targetPath, manner = usualManner) => {
    const voices = await voicesIn(voiceFolder);
    const voice = voices.find(({ id }) => id === manner.voice);
    if (voice === undefined) return refuse({ code: 'voiceUnknown', voice: manner.voice });
    const synthesizer = {
      command,
      args: argumentsOf(join(voiceFolder, `${voice.name}.onnx`), manner),
      maxMs: SPEAK_MS,
      maxMemoryBytes: MAX_MEMORY_BYTES,
      toInput: toOneLine,
    };
    return speakIntoFile(clock, synthesizer, { text, targetPath });
  },
});
