#!/usr/bin/env node
/**
 * Stands in for Piper: the same command line, silence in place of a voice. A quarter of a second for
 * each word at length scale 1, and the silence that was asked for between sentences. The text of the
 * model's file may want it to misbehave.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const RATE_HZ = 22_050;
const HEADER_BYTES = 44;
const WORD_S = 0.25;
const GIBIBYTE = 1_073_741_824;

const string = { type: 'string' };
const { values } = parseArgs({
  options: {
    model: string,
    length_scale: string,
    sentence_silence: string,
    output_file: string,
  },
});
const model = readFileSync(values.model ?? '', 'utf8').trim();
JSON.parse(readFileSync(`${values.model}.json`, 'utf8'));
if (values.output_file !== '-') throw new Error('this one writes to standard output only');

const header = (dataBytes) => {
  const bytes = Buffer.alloc(HEADER_BYTES);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(dataBytes + HEADER_BYTES - 8, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(RATE_HZ, 24);
  bytes.writeUInt32LE(RATE_HZ * 2, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(dataBytes, 40);
  return bytes;
};

const speak = () => {
  // One line is one text, and a second one would be a second file.
  const [line = ''] = readFileSync(0, 'utf8').split('\n');
  const sentences = line.split(/(?<=[.!?…])\s+/);
  const words = line.split(/\s+/).filter((word) => word !== '').length;
  const pauses = (sentences.length - 1) * Number(values.sentence_silence);
  const seconds = words * WORD_S * Number(values.length_scale) + pauses;
  const dataBytes = Math.round(seconds * RATE_HZ) * 2;
  process.stdout.write(Buffer.concat([header(dataBytes), Buffer.alloc(dataBytes)]));
};

const flood = () => {
  while (process.stdout.write(Buffer.alloc(RATE_HZ))) {
    // Until the pipe is full.
  }
  process.stdout.once('drain', flood);
};

const misdeeds = {
  hang: () => process.stdin.resume().on('end', () => setInterval(() => undefined, RATE_HZ)),
  flood,
  fail: () => {
    process.stderr.write('the model cannot be read\n');
    process.exitCode = 3;
  },
  text: () => process.stdout.write('this is no sound at all, but longer than a header is'),
  greed: () => {
    const taken = Array.from({ length: 6 }, () => Buffer.alloc(GIBIBYTE));
    process.stdout.write(header(taken.length));
  },
};

(misdeeds[model] ?? speak)();
