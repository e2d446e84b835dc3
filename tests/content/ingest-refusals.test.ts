import { truncate, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createIngestPlace, type IngestPlace } from '../support/ingest-place.ts';
import { makeWithFfmpeg, writeSpeech } from '../support/speech.ts';
import {
  brokenFlac,
  cut,
  cutOggAtPage,
  damaged,
  lackPage,
  type MakeFile,
  overdriven,
  sayTooLittle,
  soundBehind,
  wavOfNaN,
} from '../support/spoilt-recordings.ts';
import { expectUnsaidLengthRefused } from '../support/unsaid-length.ts';

const SPEECH_S = 20;
const TOO_LONG_S = 3602;
/** Instead of an hour: an hour is decoded in `tests/long/`. */
const UNSAID_MAX_MS = 10_000;
const CD = ['-ar', '44100'];
const CD_MP3 = ['-c:a', 'mp3', ...CD];
const OPUS = ['-c:a', 'libopus', '-ar', '48000'];

let place: IngestPlace;
let speech = '';
let listener: Server;
let connections = 0;
let port = 0;

beforeAll(async () => {
  place = await createIngestPlace();
  speech = place.path('speech.wav');
  await writeSpeech(speech, SPEECH_S, 9);
  listener = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const address = listener.address();
  port = typeof address === 'object' && address ? address.port : 0;
});
afterAll(async () => {
  await new Promise((resolve) => listener.close(resolve));
  await place.remove();
});

const make =
  (...args: string[]) =>
  (path: string) =>
    makeWithFfmpeg(...args, path);
const text = (content: () => string) => (path: string) => writeFile(path, content());
const url = () => `http://127.0.0.1:${port}/x.mp3`;

const htmlBeforeMp3 = soundBehind('<!doctype html><p>404</p>');
const pdfBeforeMp3 = soundBehind('%PDF-1.7\n1 0 obj\n<< >>\nendobj\n');
const damagedOpus = damaged(['-c:a', 'libopus', '-ar', '48000'], 300);

const tooLargeFile = async (path: string) => {
  await writeFile(path, '');
  await truncate(path, 2_147_483_649);
};

type Refusal = { name: string; make: MakeFile; code: string; why: string };

const REFUSALS: Refusal[] = [
  { name: 'cut.wav', make: cut([], 0.6), code: 'audioTruncated', why: 'the header says longer' },
  { name: 'cut.mp3', make: cut([], 0.6), code: 'audioTruncated', why: 'the Info tag says longer' },
  { name: 'cut.m4a', make: cut([], 0.6), code: 'audioTruncated', why: 'the index was at the end' },
  {
    name: 'cut-fast.m4a',
    make: cut(['-movflags', '+faststart'], 0.6),
    code: 'audioTruncated',
    why: 'the index is there, the sound is not',
  },
  { name: 'cut.ogg', make: cut([], 0.6), code: 'audioTruncated', why: 'the last page is torn' },
  { name: 'page.ogg', make: cutOggAtPage, code: 'audioTruncated', why: 'no end-of-stream flag' },
  { name: 'cut.flac', make: cut([], 0.6), code: 'audioTruncated', why: 'fewer samples than said' },
  { name: 'cut.aiff', make: cut([], 0.6), code: 'audioTruncated', why: 'the form says longer' },
  { name: 'cut.w64', make: cut([], 0.6), code: 'audioTruncated', why: 'its chunk says longer' },
  { name: 'cut.au', make: cut([], 0.6), code: 'audioTruncated', why: 'its header says longer' },
  { name: 'cut.caf', make: cut([], 0.6), code: 'audioTruncated', why: 'the chunk says longer' },
  { name: 'cut.wv', make: cut([], 0.6), code: 'audioTruncated', why: 'fewer samples than said' },
  { name: 'cut.tta', make: cut([], 0.6), code: 'audioTruncated', why: 'fewer samples than said' },
  { name: 'cut.wma', make: cut(CD, 0.6), code: 'audioTruncated', why: 'packets lack' },
  { name: 'cut.flv', make: cut(CD_MP3, 0.6), code: 'audioTruncated', why: 'within a tag' },
  { name: 'less.wav', make: sayTooLittle, code: 'audioCorrupt', why: 'a third would sound' },
  { name: 'loud.wav', make: overdriven(20, []), code: 'audioClipped', why: 'square waves' },
  {
    name: 'loud.opus',
    make: overdriven(24, OPUS),
    code: 'audioClipped',
    why: 'the decoder makes waves of them again',
  },
  { name: 'cut.avi', make: cut(CD_MP3, 0.6), code: 'audioTruncated', why: 'it says longer' },
  { name: 'stub.wav', make: cut([], 0.0001), code: 'audioTruncated', why: 'a part of a header' },
  { name: 'empty.mp3', make: text(() => ''), code: 'audioEmpty', why: 'an upload that never was' },
  {
    name: 'nothing.wav',
    make: make('-f', 'lavfi', '-i', 'anullsrc=r=8000', '-t', '0'),
    code: 'audioEmpty',
    why: 'a header and no sound',
  },
  {
    name: 'silent.wav',
    make: make('-f', 'lavfi', '-i', 'anullsrc=r=8000', '-t', '20'),
    code: 'audioSilent',
    why: 'the microphone was off',
  },
  {
    name: 'mostly.wav',
    make: (path) => makeWithFfmpeg('-t', '3', '-i', speech, '-af', 'apad=whole_dur=90', path),
    code: 'audioSilent',
    why: 'a few words and minutes of nothing, which loudness gating hides',
  },
  {
    name: 'short.wav',
    make: (path) => makeWithFfmpeg('-i', speech, '-t', '0.4', path),
    code: 'audioTooShort',
    why: 'a click',
  },
  {
    name: 'long.mp3',
    make: make('-f', 'lavfi', '-i', 'sine=r=8000', '-t', String(TOO_LONG_S), '-b:a', '8k'),
    code: 'audioTooLong',
    why: 'more than an hour, by its own header',
  },
  { name: 'large.wav', make: tooLargeFile, code: 'fileTooLarge', why: 'over two gibibytes' },
  {
    name: 'text.mp3',
    make: text(() => 'Kính thưa bà con. '.repeat(500)),
    code: 'audioNotRecognised',
    why: 'a text',
  },
  { name: 'page.mp3', make: htmlBeforeMp3, code: 'audioNotRecognised', why: 'a page before sound' },
  { name: 'letter.mp3', make: pdfBeforeMp3, code: 'audioNotRecognised', why: 'a PDF before sound' },
  {
    name: 'list.mp3',
    make: text(() => `#EXTM3U\n${url()}\n`),
    code: 'audioNotRecognised',
    why: 'a playlist',
  },
  {
    name: 'concat.mp3',
    make: text(() => `ffconcat version 1.0\nfile ${url()}\n`),
    code: 'audioNotRecognised',
    why: 'an ffconcat script',
  },
  {
    name: 'hls.m4a',
    make: text(() => `#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n${url()}\n#EXT-X-ENDLIST\n`),
    code: 'audioNotRecognised',
    why: 'a stream list',
  },
  { name: 'nan.wav', make: wavOfNaN, code: 'audioCorrupt', why: 'samples that are no numbers' },
  { name: 'broken.flac', make: brokenFlac, code: 'audioCorrupt', why: 'damaged on a bad disk' },
  { name: 'page-lost.ogg', make: damagedOpus, code: 'audioCorrupt', why: 'a second is gone' },
  {
    name: 'page-gone.ogg',
    make: lackPage,
    code: 'audioCorrupt',
    why: 'programs play on behind the gap, and only the numbers of its pages show it',
  },
  {
    name: 'part-lost.webm',
    make: damagedOpus,
    code: 'audioCorrupt',
    why: 'the rest of its cluster would be left out',
  },
  ...['packet-lost.wma', 'packets-lost.ts'].map((name) => ({
    name,
    make: damaged([...CD, '-b:a', '64k'], 3000),
    code: 'audioCorrupt',
    why: 'the times of what is left show the gap',
  })),
  {
    name: 'frame-lost.flac',
    make: damaged([], 300),
    code: 'audioCorrupt',
    why: 'a tenth of a second would be left out',
  },
  {
    name: 'noise-within.wv',
    make: damaged([], 300),
    code: 'audioCorrupt',
    why: 'its checksum alone shows that it would crack',
  },
  {
    name: 'frames-lost.mp3',
    make: damaged([...CD, '-b:a', '64k'], 2000),
    code: 'audioTruncated',
    why: 'the Info tag counts every frame',
  },
  {
    name: 'cut.webm',
    make: cut(OPUS, 0.6),
    code: 'audioTruncated',
    why: 'a recording of a browser that says no length breaks off in a part',
  },
  {
    name: 'picture.png',
    make: make('-f', 'lavfi', '-i', 'color=s=64x64', '-frames:v', '1'),
    code: 'audioNotRecognised',
    why: 'a picture',
  },
  {
    name: 'video.mp4',
    make: make('-f', 'lavfi', '-i', 'color=s=64x64', '-t', '2'),
    code: 'audioNotRecognised',
    why: 'pictures without sound',
  },
];

describe('what must not sound is refused and leaves nothing behind', () => {
  test.each(REFUSALS)('$name: $code ($why)', async (refusal) => {
    const path = place.path(refusal.name);
    await refusal.make(path, speech);
    const result = await place.ingest(path);
    expect(result.ok ? 'accepted' : result.problem.code, JSON.stringify(result)).toBe(refusal.code);
    expect(await place.leftovers()).toEqual([]);
    expect(connections, 'connections to the local listener').toBe(0);
  });

  test('what says no length is too long as soon as decoding has shown it', async () => {
    await expectUnsaidLengthRefused(UNSAID_MAX_MS);
  });

  test('a cut file tells how much of it there is', async () => {
    const path = place.path('half.wav');
    await cut([], 0.5)(path, speech);
    const result = await place.ingest(path);
    expect(result).toEqual({
      ok: false,
      problem: { code: 'audioTruncated', expectedMs: 20_000, decodedMs: 9998 },
    });
  });
});
