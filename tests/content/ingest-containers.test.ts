import { afterAll, beforeAll, expect, test } from 'vitest';
import { createIngestPlace, type IngestPlace } from '../support/ingest-place.ts';
import { makeWithFfmpeg, writeSpeech } from '../support/speech.ts';

const SPEECH_S = 6;
/** Streams without an index count whole frames, and some keep the encoder's padding. */
const PADDING_MS = 150;
const PICTURE = ['-f', 'lavfi', '-i', `testsrc=s=32x32:r=25:d=${SPEECH_S}`];

let place: IngestPlace;
let speech = '';

beforeAll(async () => {
  place = await createIngestPlace();
  speech = place.path('speech.wav');
  await writeSpeech(speech, SPEECH_S, 6);
});
afterAll(() => place.remove());

test.each([
  { name: 'a.avi', args: [...PICTURE, '-c:a', 'mp3', '-ar', '44100'], why: 'an old camera' },
  { name: 'b.mpg', args: [...PICTURE, '-c:a', 'mp2', '-ar', '44100'], why: 'a video CD' },
  { name: 'c.ts', args: [...PICTURE, '-c:a', 'aac'], why: 'a recorded broadcast' },
  { name: 'd.flv', args: ['-c:a', 'mp3', '-ar', '44100'], why: 'a video from the web of old' },
  { name: 'e.mkv', args: [...PICTURE, '-c:a', 'ac3', '-ar', '48000'], why: 'a film' },
  { name: 'f.mov', args: [...PICTURE, '-c:a', 'aac'], why: 'a telephone’s video' },
  { name: 'g.wma', args: ['-ar', '44100'], why: 'an old PC' },
  { name: 'h.aac', args: ['-ar', '44100'], why: 'a stream without a container' },
  { name: 'i.aiff', args: [], why: 'an old Mac' },
  { name: 'j.caf', args: [], why: 'a new Mac' },
  { name: 'k.au', args: [], why: 'a workstation' },
  { name: 'l.wv', args: [], why: 'WavPack' },
  { name: 'm.w64', args: [], why: 'a recorder of long sound' },
  { name: 'n.mp2', args: ['-ar', '48000'], why: 'a broadcaster’s archive' },
  { name: 'o.wav', args: ['-c:a', 'adpcm_ima_wav'], why: 'a dictation machine' },
  { name: 'o48.wav', args: ['-c:a', 'adpcm_ima_wav', '-ar', '48000'], why: 'its rate is a lie' },
  { name: 'q.tta', args: [], why: 'a ripped disc' },
  { name: 'r.ac3', args: ['-ar', '48000'], why: 'the sound of a film' },
  { name: 's.eac3', args: ['-ar', '48000'], why: 'the sound of a newer film' },
  {
    name: 't.dts',
    args: ['-c:a', 'dca', '-strict', '-2', '-ac', '2', '-ar', '48000'],
    why: 'a film, too',
  },
  { name: 'u.voc', args: [], why: 'a PC before Windows' },
  { name: 'v.latm', args: ['-ar', '44100'], why: 'a digital radio' },
  { name: 'w.thd', args: ['-strict', '-2', '-ar', '48000', '-ac', '2'], why: 'a disc of a film' },
  { name: 'x.mlp', args: ['-strict', '-2', '-ar', '48000', '-ac', '2'], why: 'a disc of music' },
  { name: 'y.wtv', args: ['-c:a', 'mp2', '-ar', '48000'], why: 'a PC that recorded television' },
  { name: 'z.m2ts', args: ['-c:a', 'ac3', '-ar', '48000'], why: 'a camera' },
  { name: 'tag.aac', args: ['-write_id3v2', '1', '-ar', '44100'], why: 'a stream with a tag' },
  { name: 'p.wav', args: ['-c:a', 'pcm_mulaw'], why: 'a telephone exchange' },
])('$name ($why) becomes a clip as long as its sound', async ({ name, args }) => {
  const source = place.path(name);
  await makeWithFfmpeg('-i', speech, ...args, source);
  const result = await place.ingest(source);
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  expect(Math.abs(result.value.sourceMs - SPEECH_S * 1000)).toBeLessThanOrEqual(PADDING_MS);
});
