import { execFile } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Recordings of a human voice, 8 kHz, 16 bit, mono. Source: Debian, asterisk-core-sounds-en-wav. */
const SOUNDS = '/usr/share/asterisk/sounds';
const RATE_HZ = 8000;
const HEADER_BYTES = 44;
const MAX_DECODED_BYTES = 1_000_000_000;
/** Tones and single words make a bad sample of speech. */
const MIN_SENTENCE_BYTES = 50_000;

const speechFiles = async (): Promise<string[]> => {
  const [voice] = (await readdir(SOUNDS)).sort();
  if (!voice) throw new Error(`No sounds in ${SOUNDS}`);
  const names = (await readdir(join(SOUNDS, voice))).sort();
  return names.filter((name) => name.endsWith('.wav')).map((name) => join(SOUNDS, voice, name));
};

const wavHeader = (dataBytes: number): Buffer => {
  const header = Buffer.alloc(HEADER_BYTES);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(dataBytes + HEADER_BYTES - 8, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(RATE_HZ, 24);
  header.writeUInt32LE(RATE_HZ * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(dataBytes, 40);
  return header;
};

/**
 * Writes a WAV of real human speech, exactly `seconds` long, to `path`: sentences in the order of
 * their file names, from the `skip`-th on, so that different `skip` give different recordings.
 */
export const writeSpeech = async (path: string, seconds: number, skip = 0): Promise<void> => {
  const wanted = Math.round(seconds * RATE_HZ) * 2;
  const pieces: Buffer[] = [];
  let bytes = 0;
  let skipped = 0;
  for (const file of await speechFiles()) {
    const samples = (await readFile(file)).subarray(HEADER_BYTES);
    if (samples.length < MIN_SENTENCE_BYTES || skipped++ < skip) continue;
    pieces.push(samples);
    bytes += samples.length;
    if (bytes >= wanted) break;
  }
  if (bytes < wanted) throw new Error(`Only ${bytes / 2 / RATE_HZ} s of speech after ${skip}`);
  await writeFile(path, Buffer.concat([wavHeader(wanted), ...pieces], wanted + HEADER_BYTES));
};

/** Runs ffmpeg to make a test file; any error it reports is thrown. */
export const makeWithFfmpeg = async (...args: string[]): Promise<void> => {
  await run('ffmpeg', ['-nostdin', '-v', 'error', '-y', ...args]);
};

/** What one file measures, by a run of ffmpeg that is none of the product's. */
export type Measured = {
  readonly loudnessLufs: number;
  readonly truePeakDbtp: number;
  readonly samples: number;
};

const figure = (text: string, pattern: RegExp): number => Number(pattern.exec(text)?.[1]);

/** Loudness and true peak by the `ebur128` filter, length by counting decoded 48 kHz samples. */
export const measureSound = async (path: string): Promise<Measured> => {
  const meter = ['-af', 'ebur128=peak=true:framelog=verbose', '-f', 'null', '-'];
  const { stderr } = await run('ffmpeg', ['-nostdin', '-nostats', '-i', path, ...meter]);
  const raw = ['-f', 's16le', '-ac', '1', '-ar', '48000', '-'];
  const { stdout } = await run('ffmpeg', ['-nostdin', '-v', 'error', '-i', path, ...raw], {
    encoding: 'buffer',
    maxBuffer: MAX_DECODED_BYTES,
  });
  return {
    loudnessLufs: figure(stderr, /I: +(-?[\d.]+) LUFS/),
    truePeakDbtp: figure(stderr, /Peak: +(-?[\d.]+) dBFS/),
    samples: stdout.length / 2,
  };
};

/** Codec, rate, channels and bit rate of the first audio stream, as ffprobe names them. */
export const describeSound = async (path: string): Promise<string> => {
  const show = ['-show_entries', 'stream=codec_name,sample_rate,channels,bit_rate'];
  const { stdout } = await run('ffprobe', ['-v', 'error', ...show, '-of', 'csv=p=0', path]);
  return stdout.trim();
};
