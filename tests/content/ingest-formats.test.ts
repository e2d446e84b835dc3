import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createIngestPlace, type IngestPlace } from '../support/ingest-place.ts';
import { describeSound, makeWithFfmpeg, measureSound, writeSpeech } from '../support/speech.ts';

const SPEECH_S = 10.234;
/** Lossy codecs may add padding that their containers do not take back. */
const PADDING_MS = 120;

type Format = { name: string; args: string[]; why: string };

const FORMATS: Format[] = [
  { name: 'a.wav', args: ['-ar', '44100', '-ac', '2'], why: 'a CD rip' },
  { name: 'b.wav', args: ['-c:a', 'pcm_alaw'], why: 'a telephone recorder' },
  { name: 'c.mp3', args: ['-b:a', '128k'], why: 'the usual upload' },
  {
    name: 'd.mp3',
    args: ['-q:a', '4', '-ar', '44100', '-write_xing', '0'],
    why: 'variable rate, no header',
  },
  { name: 'e.mp3', args: ['-b:a', '24k', '-ar', '16000'], why: 'MPEG-2 at a low rate' },
  { name: 'f.m4a', args: ['-c:a', 'aac'], why: 'a phone recording' },
  { name: 'g.m4a', args: ['-c:a', 'aac', '-movflags', '+faststart'], why: 'index before sound' },
  { name: 'h.ogg', args: ['-c:a', 'libvorbis'], why: 'Ogg Vorbis' },
  { name: 'i.ogg', args: ['-c:a', 'libopus', '-ar', '48000'], why: 'Ogg Opus' },
  { name: 'j.flac', args: [], why: 'lossless' },
  { name: 'k.webm', args: ['-c:a', 'libopus', '-ar', '48000'], why: 'recorded in a browser' },
  { name: 'l.wav', args: ['-ac', '6', '-ar', '48000'], why: 'six channels' },
  {
    name: 'm.wav',
    args: ['-c:a', 'pcm_f32le', '-af', 'volume=20dB'],
    why: 'floats above full scale',
  },
  { name: 'n.wav', args: ['-af', 'volume=-24dB'], why: 'recorded from far away' },
  { name: 'o.txt', args: ['-f', 'mp3', '-b:a', '96k'], why: 'good sound under a wrong name' },
];

let place: IngestPlace;
let speech = '';

beforeAll(async () => {
  place = await createIngestPlace();
  speech = place.path('speech.wav');
  await writeSpeech(speech, SPEECH_S);
});
afterAll(() => place.remove());

describe('a recording of speech becomes a clip fit for air', () => {
  test.each(FORMATS)('$name ($why)', async ({ name, args }) => {
    const source = place.path(name);
    await makeWithFfmpeg('-i', speech, ...args, source);
    const result = await place.ingest(source);
    if (!result.ok) throw new Error(JSON.stringify(result.problem));
    const { sha256, bytes, durationMs, loudnessLufs, truePeakDbtp } = result.value;
    const clip = place.clipPath(sha256);
    const content = await readFile(clip);
    const measured = await measureSound(clip);

    expect(createHash('sha256').update(content).digest('hex')).toBe(sha256);
    expect(content.length).toBe(bytes);
    expect(await describeSound(clip)).toBe('mp3,48000,1,96000');
    expect(Math.abs(measured.loudnessLufs - -16)).toBeLessThanOrEqual(0.5);
    expect(measured.truePeakDbtp).toBeLessThanOrEqual(-1.5);
    expect({ loudnessLufs, truePeakDbtp }).toEqual({
      loudnessLufs: measured.loudnessLufs,
      truePeakDbtp: measured.truePeakDbtp,
    });
    expect(durationMs).toBe(Math.round(measured.samples / 48));
    expect(Math.abs(durationMs - SPEECH_S * 1000)).toBeLessThanOrEqual(PADDING_MS);
  });

  test('of a wave file exactly as long as the recording', async () => {
    const result = await place.ingest(speech);
    expect(result.ok && result.value.durationMs).toBe(SPEECH_S * 1000);
  });

  test('the same bytes for the same recording', async () => {
    const twice = [await place.ingest(speech), await place.ingest(speech)];
    expect(twice[0]).toEqual(twice[1]);
  });
});
