import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import {
  analysisFilters,
  CLIP_OUTPUT_OPTIONS,
  type Conversion,
  levelFilters,
  measureFilters,
} from '#content/audio-filters.ts';
import { MAX_CLIP_MS } from '#content/bounds.ts';
import { DEFAULT_TARGET } from '#content/ingest-clip.ts';
import { systemClock } from '#runtime/clock.ts';
import { createIngestPlace } from '../support/ingest-place.ts';
import { measureSound, writeSpeech } from '../support/speech.ts';
import { type Figure, median } from './figure.ts';

const run = promisify(execFile);

const SPEECH_S = 300;
const RUNS = 3;
const CEILING_DB = -2.1;
const CONVERSION: Conversion = {
  mix: 'only',
  kept: null,
  softLimit: false,
  noiseFloorDb: null,
  loudnessLufs: DEFAULT_TARGET.integratedLufs,
};

const clock = systemClock();

const secondsOf = async (work: () => Promise<unknown>): Promise<number> => {
  const start = clock.positionMs();
  await work();
  return (clock.positionMs() - start) / 1000;
};

/** ffmpeg as typed by hand, behind everything else as ours is: a busy machine is as slow for both. */
const bare = async (...args: string[]): Promise<void> => {
  await run('nice', ['-n', '10', 'ffmpeg', '-nostdin', '-v', 'error', '-y', ...args]);
};

/** Measure, then convert with what was measured: two passes typed by hand. */
const twoPasses = async (source: string, target: string, gainDb: number): Promise<void> => {
  const listened = { maxMs: MAX_CLIP_MS, isFloat: false };
  const analysis = analysisFilters({ mix: 'only', noiseFloorDb: null }, listened);
  await bare('-i', source, '-af', analysis, '-f', 'null', '-');
  const filters = levelFilters(CONVERSION, { gainDb, ceilingDb: CEILING_DB });
  await bare('-i', source, '-af', filters, ...CLIP_OUTPUT_OPTIONS, target);
};

/** The same, and the finished file measured: all passes of an ingest. */
const samePasses = async (source: string, target: string, gainDb: number): Promise<void> => {
  await twoPasses(source, target, gainDb);
  await bare('-i', target, '-af', measureFilters(), '-f', 'null', '-');
};

const LOUDNORM = 'loudnorm=I=-16:TP=-1.5:LRA=11';

/** The two passes that ffmpeg's own normaliser asks for. */
const loudnormPasses = async (source: string, target: string): Promise<void> => {
  await bare('-i', source, '-af', LOUDNORM, '-f', 'null', '-');
  await bare('-i', source, '-af', LOUDNORM, ...CLIP_OUTPUT_OPTIONS, target);
};

const beside = (value: number, raw: number, rawWhat: string): Figure => ({
  figure: 'ingestClip',
  value,
  unit: 's',
  raw,
  rawWhat,
  ratio: value / raw,
});

/**
 * Five minutes of speech from upload to stored clip, with the choice of its ends, its picture, hash
 * and sync, beside the bare ffmpeg commands of the same passes (look into the source, convert, look
 * into the clip), beside the first two of them alone, and beside those of ffmpeg's own normaliser.
 */
export async function* figures(): AsyncGenerator<Figure> {
  const place = await createIngestPlace();
  try {
    const source = place.path('speech.wav');
    const target = place.path('bare.mp3');
    await writeSpeech(source, SPEECH_S);
    const gainDb = DEFAULT_TARGET.integratedLufs - (await measureSound(source)).loudnessLufs;
    const ours: number[] = [];
    const same: number[] = [];
    const unverified: number[] = [];
    const loudnorm: number[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      same.push(await secondsOf(() => samePasses(source, target, gainDb)));
      ours.push(await secondsOf(() => place.ingest(source)));
      unverified.push(await secondsOf(() => twoPasses(source, target, gainDb)));
      loudnorm.push(await secondsOf(() => loudnormPasses(source, target)));
    }
    yield beside(median(ours), median(same), 'bare ffmpeg same three passes');
    yield beside(
      median(ours),
      median(unverified),
      'bare ffmpeg without measuring the finished file',
    );
    yield beside(median(ours), median(loudnorm), 'bare ffmpeg two passes of loudnorm');
  } finally {
    await place.remove();
  }
}
