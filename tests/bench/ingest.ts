import {
  analysisFilters,
  CLIP_OUTPUT_OPTIONS,
  type Conversion,
  levelFilters,
} from '#content/audio-filters.ts';
import { DEFAULT_TARGET } from '#content/ingest-clip.ts';
import { systemClock } from '#runtime/clock.ts';
import { createIngestPlace } from '../support/ingest-place.ts';
import { makeWithFfmpeg, measureSound, writeSpeech } from '../support/speech.ts';
import { type Figure, median } from './figure.ts';

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

/** Measure, then convert with what was measured: the two passes typed by hand. */
const twoPasses = async (source: string, target: string, gainDb: number): Promise<void> => {
  await makeWithFfmpeg('-i', source, '-af', analysisFilters('only', null), '-f', 'null', '-');
  const filters = levelFilters(CONVERSION, { gainDb, ceilingDb: CEILING_DB });
  await makeWithFfmpeg('-i', source, '-af', filters, ...CLIP_OUTPUT_OPTIONS, target);
};

const LOUDNORM = 'loudnorm=I=-16:TP=-1.5:LRA=11';

/** The two passes that ffmpeg's own normaliser asks for. */
const loudnormPasses = async (source: string, target: string): Promise<void> => {
  await makeWithFfmpeg('-i', source, '-af', LOUDNORM, '-f', 'null', '-');
  await makeWithFfmpeg('-i', source, '-af', LOUDNORM, ...CLIP_OUTPUT_OPTIONS, target);
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
 * Five minutes of speech from upload to stored clip, verification, hash and sync included, beside
 * the bare ffmpeg commands of the same two passes, and beside those of its own normaliser.
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
    const loudnorm: number[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      same.push(await secondsOf(() => twoPasses(source, target, gainDb)));
      ours.push(await secondsOf(() => place.ingest(source)));
      loudnorm.push(await secondsOf(() => loudnormPasses(source, target)));
    }
    yield beside(median(ours), median(same), 'bare ffmpeg same two passes');
    yield beside(median(ours), median(loudnorm), 'bare ffmpeg two passes of loudnorm');
  } finally {
    await place.remove();
  }
}
