import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { createEspeakSpeech } from '#content/espeak-speech.ts';
import { systemClock } from '#runtime/clock.ts';
import { createIngestPlace, type IngestPlace } from '../support/ingest-place.ts';
import { logSpectralDistanceDb } from '../support/spectral-distance.ts';
import { makeWithFfmpeg, writeSpeech } from '../support/speech.ts';
import type { Figure } from './figure.ts';

const run = promisify(execFile);

const RATE_HZ = 48_000;
const SPEECH_S = 60;
const MAX_BYTES = 100_000_000;
const TEXT = 'Kính thưa bà con, chiều nay xã ta tổ chức tiêm phòng cho đàn gia súc. '.repeat(12);

interface Format {
  readonly name: string;
  readonly ending: string;
  readonly options: readonly string[];
}

/** The first is what clips are in now; the others stand beside it. */
const NOW: Format = {
  name: 'MP3 96',
  ending: 'mp3',
  options: ['-c:a', 'libmp3lame', '-b:a', '96k'],
};
const OTHERS: readonly Format[] = [
  { name: 'MP3 64', ending: 'mp3', options: ['-c:a', 'libmp3lame', '-b:a', '64k'] },
  { name: 'AAC 64', ending: 'm4a', options: ['-c:a', 'aac', '-b:a', '64k'] },
  { name: 'AAC 48', ending: 'm4a', options: ['-c:a', 'aac', '-b:a', '48k'] },
  { name: 'Opus 48', ending: 'opus', options: ['-c:a', 'libopus', '-b:a', '48k'] },
  { name: 'Opus 32', ending: 'opus', options: ['-c:a', 'libopus', '-b:a', '32k'] },
];

/** Mono samples of a file, as ffmpeg decodes it. */
const decoded = async (path: string): Promise<Float32Array> => {
  const raw = ['-f', 's16le', '-ac', '1', '-ar', `${RATE_HZ}`, '-'];
  const { stdout } = await run('ffmpeg', ['-nostdin', '-v', 'error', '-i', path, ...raw], {
    encoding: 'buffer',
    maxBuffer: MAX_BYTES,
  });
  return Float32Array.from({ length: stdout.length / 2 }, (_, at) => stdout.readInt16LE(2 * at));
};

/** How much longer or shorter two clips in a row are in mpv than their sound, in ms. */
const gapMs = async (place: IngestPlace, clip: string, samples: number): Promise<number> => {
  const out = place.path('played.wav');
  const quiet = ['--no-config', '--no-video', '--no-terminal', '--gapless-audio=yes'];
  const exact = ['--prefetch-playlist=yes', '--audio-format=s16', `--audio-samplerate=${RATE_HZ}`];
  const into = ['--audio-channels=mono', '--ao=pcm', `--ao-pcm-file=${out}`];
  await run('mpv', [...quiet, ...exact, ...into, clip, clip]);
  const played = await decoded(out);
  return ((played.length - 2 * samples) / RATE_HZ) * 1000;
};

interface Measured {
  readonly kilobytesPerMinute: number;
  readonly distanceDb: number;
  readonly lengthErrorMs: number;
  readonly gapMs: number;
}

const measure = async (place: IngestPlace, source: string, format: Format): Promise<Measured> => {
  const clip = place.path(`clip.${format.ending}`);
  const shape = ['-ac', '1', '-ar', `${RATE_HZ}`, '-map_metadata', '-1'];
  await makeWithFfmpeg('-i', source, ...format.options, ...shape, clip);
  const [before, after] = [await decoded(source), await decoded(clip)];
  const { size } = await stat(clip);
  return {
    kilobytesPerMinute: size / 1000 / (before.length / RATE_HZ / 60),
    distanceDb: logSpectralDistanceDb(before, after),
    lengthErrorMs: ((after.length - before.length) / RATE_HZ) * 1000,
    gapMs: await gapMs(place, clip, before.length),
  };
};

const units: Readonly<Record<keyof Measured, string>> = {
  kilobytesPerMinute: 'kB/min',
  distanceDb: 'dB',
  lengthErrorMs: 'ms',
  gapMs: 'ms',
};

const fields = ['kilobytesPerMinute', 'distanceDb', 'lengthErrorMs', 'gapMs'] as const;

/** A human voice over a telephone, and a synthetic Vietnamese one in a wide range. */
const makeSources = async (place: IngestPlace): Promise<Readonly<Record<string, string>>> => {
  const [narrow, wide] = [place.path('narrow.wav'), place.path('wide.wav')];
  await writeSpeech(narrow, SPEECH_S);
  const spoken = await createEspeakSpeech(systemClock()).speak(TEXT, wide);
  if (!spoken.ok) throw new Error(spoken.problem.code);
  for (const path of [narrow, wide]) {
    await makeWithFfmpeg('-i', path, '-af', 'volume=-3dB', '-ar', `${RATE_HZ}`, `${path}.48k.wav`);
  }
  return { human: `${narrow}.48k.wav`, synthetic: `${wide}.48k.wav` };
};

/**
 * Size, log-spectral distance from the original up to 8 kHz, error of the length, and what mpv adds
 * between two clips, of each format beside the one that clips are in.
 */
export async function* figures(): AsyncGenerator<Figure> {
  const place = await createIngestPlace();
  try {
    for (const [voice, source] of Object.entries(await makeSources(place))) {
      const now = await measure(place, source, NOW);
      for (const format of [NOW, ...OTHERS]) {
        const found = format === NOW ? now : await measure(place, source, format);
        for (const field of fields) {
          const [value, raw] = [found[field], now[field]];
          const figure = `${format.name} ${field}, ${voice} voice`;
          yield { figure, value, unit: units[field], raw, rawWhat: NOW.name, ratio: value / raw };
        }
      }
    }
  } finally {
    await place.remove();
  }
}
