import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createIngestPlace, type IngestPlace } from '../support/ingest-place.ts';
import { makeWithFfmpeg, writeSpeech } from '../support/speech.ts';

const SPEECH_S = 6;
const LONGER_MS = 150;

let place: IngestPlace;
let speech = '';

beforeAll(async () => {
  place = await createIngestPlace();
  speech = place.path('speech.wav');
  await writeSpeech(speech, SPEECH_S, 4);
});
afterAll(() => place.remove());

/** The old tag of an MP3, 128 bytes at the end. */
const oldTag = Buffer.concat([Buffer.from('TAG'), Buffer.alloc(125, ' ')]);

/** The newer one before the sound, with `bytes` of room. */
const tag = (bytes: number): Buffer => {
  const size = [21, 14, 7, 0].map((shift) => (bytes >> shift) & 127);
  return Buffer.concat([
    Buffer.from('ID3\x03\0\0', 'latin1'),
    Buffer.from(size),
    Buffer.alloc(bytes),
  ]);
};

const add = (bytes: Buffer, at: number, more: number): Buffer => {
  bytes.writeUInt32LE(bytes.readUInt32LE(at) + more, at);
  return bytes;
};

const addToInfo = (bytes: Buffer, more: number): Buffer => {
  const at = bytes.indexOf('Info') + 12;
  bytes.writeUInt32BE(bytes.readUInt32BE(at) + more, at);
  return bytes;
};

const LAYER_2_KBPS = [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384];

/** Each frame of an MP2 of 48 kHz has a sum, and each is wrong. */
const withWrongSums = (bytes: Buffer): Buffer => {
  for (let at = 0; at + 6 < bytes.length; ) {
    const third = bytes.readUInt8(at + 2);
    bytes.writeUInt8(bytes.readUInt8(at + 4) ^ 0x5a, at + 4);
    at += (LAYER_2_KBPS[third >> 4] ?? 0) * 3 + ((third >> 1) & 1);
  }
  return bytes;
};

type Odd = {
  readonly name: string;
  readonly args?: readonly string[];
  readonly change: (bytes: Buffer) => Buffer;
  readonly why: string;
};

const ODD: Odd[] = [
  {
    name: 'old-tag.flac',
    change: (bytes) => Buffer.concat([bytes, oldTag]),
    why: 'a tag behind its end, as editors of music write it',
  },
  { name: 'zeros.flac', change: (b) => Buffer.concat([b, Buffer.alloc(4096)]), why: 'filled up' },
  {
    name: 'tag.flac',
    change: (bytes) => Buffer.concat([tag(300), bytes]),
    why: 'a tag before its beginning',
  },
  { name: 'tag.tta', change: (b) => Buffer.concat([tag(300), b]), why: 'the same' },
  {
    name: 'header.wav',
    change: (b) => add(b, b.indexOf('data') + 4, 44),
    why: 'its header is counted as sound',
  },
  { name: 'even.wav', change: (b) => b.subarray(0, -1), why: 'half a sample lacks' },
  { name: 'rate.wav', change: (b) => add(b, 28, -8000), why: 'half its bytes a second' },
  {
    name: 'cover.wav',
    change: (bytes) => Buffer.concat([bytes, tag(40_000)]),
    why: 'a tag with a picture behind it',
  },
  {
    name: 'info.mp3',
    change: (bytes) => addToInfo(bytes, 128),
    why: 'its count of bytes counts a tag that is gone',
  },
  {
    name: 'piped.avi',
    args: ['-c:a', 'mp3', '-ar', '44100'],
    change: (bytes) => bytes.fill(0xff, 4, 8),
    why: 'whoever wrote it could not go back',
  },
  {
    name: 'sums.mp2',
    args: ['-c:a', 'libtwolame', '-error_protection', '1', '-ar', '48000'],
    change: withWrongSums,
    why: 'an encoder that reckons its checksums otherwise',
  },
];

describe('a file that miscounts itself, and whose sound is whole, is taken', () => {
  test.each(ODD)('$name ($why)', async ({ name, args = [], change }) => {
    const path = place.path(name);
    await makeWithFfmpeg('-i', speech, ...args, path);
    await writeFile(path, change(await readFile(path)));
    const result = await place.ingest(path);
    if (!result.ok) throw new Error(JSON.stringify(result.problem));
    expect(Math.abs(result.value.sourceMs - SPEECH_S * 1000)).toBeLessThan(LONGER_MS);
  });
});

describe('what touches its peak often and is not clipped is taken', () => {
  test.each([
    { name: 'siren.wav', wave: 'sin(2*PI*437*t)', codec: 'pcm_mulaw', why: 'written coarsely' },
    {
      name: 'whistle.wav',
      wave: 'sin(2*PI*1000*t)',
      codec: 'pcm_s16le',
      why: 'eight samples a wave',
    },
  ])('$name ($why)', async ({ name, wave, codec }) => {
    const path = place.path(name);
    const source = ['-f', 'lavfi', '-i', `aevalsrc=${wave}:s=8000:d=${SPEECH_S}`];
    await makeWithFfmpeg(...source, '-c:a', codec, path);
    expect(await place.ingest(path)).toMatchObject({ ok: true });
  });
});
