import { open, readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createIngestPlace, type IngestPlace } from '../support/ingest-place.ts';
import { makeWithFfmpeg, writeSpeech } from '../support/speech.ts';

const SPEECH_S = 10;
const TS_PACKET_BYTES = 188;

let place: IngestPlace;
let speech = '';

beforeAll(async () => {
  place = await createIngestPlace();
  speech = place.path('speech.wav');
  await writeSpeech(speech, SPEECH_S, 3);
});
afterAll(() => place.remove());

const lengthOf = async (path: string): Promise<number> => {
  const result = await place.ingest(path);
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value.durationMs;
};

describe('the name of a file is never more than a name', () => {
  test.each([
    { name: '-i.wav', why: 'looks like an option' },
    { name: '$(touch gone).wav', why: 'a shell would run it' },
    { name: 'a;b&c|d `e`.wav', why: 'a shell would cut it' },
    { name: 'bản tin %03d.wav', why: 'looks like a picture sequence' },
    { name: 'concat:a.wav|b.wav', why: 'looks like a protocol' },
    { name: 'http:x.wav', why: 'looks like an address' },
    { name: 'Thông báo.wav'.normalize('NFD'), why: 'decomposed letters, as some phones write' },
    { name: '  two  blanks \n.wav', why: 'blanks and a line end' },
    { name: 'it\'s "quoted".wav', why: 'quotes' },
  ])('$name ($why)', async ({ name }) => {
    const path = place.path(name);
    await writeFile(path, await readFile(speech));
    expect(await lengthOf(path)).toBe(SPEECH_S * 1000);
  });
});

describe('odd but good files are taken', () => {
  test.each([
    { claimed: 0, why: 'a recorder that wrote to a pipe' },
    { claimed: 0xffff_ffff, why: 'ffmpeg that wrote to a pipe' },
    { claimed: 0x7fff_f000, why: 'espeak-ng that wrote to a pipe' },
  ])('a wave file whose header claims $claimed bytes ($why)', async ({ claimed }) => {
    const path = place.path('streamed.wav');
    await writeFile(path, await readFile(speech));
    const file = await open(path, 'r+');
    const size = Buffer.alloc(4);
    size.writeUInt32LE(claimed);
    await file.write(size, 0, 4, 40);
    await file.close();
    expect(await lengthOf(path)).toBe(SPEECH_S * 1000);
  });

  test.each([
    { ending: 'ts', args: ['-c:a', 'aac', '-ar', '44100'], why: 'a television recorder' },
    { ending: 'flv', args: ['-c:a', 'mp3', '-ar', '44100'], why: 'an old camera' },
  ])('a .$ending whose sound begins later than its picture ($why)', async ({ ending, args }) => {
    const path = place.path(`later.${ending}`);
    const picture = ['-f', 'lavfi', '-i', `color=s=32x32:r=5:d=${SPEECH_S}`];
    const maps = ['-map', '0:a', '-map', '1:v'];
    await makeWithFfmpeg('-itsoffset', '0.7', '-i', speech, ...picture, ...maps, ...args, path);
    expect(Math.abs((await lengthOf(path)) - SPEECH_S * 1000)).toBeLessThan(150);
  });

  test('a broadcast that was joined in the middle of a picture', async () => {
    const whole = place.path('whole.ts');
    const picture = ['-f', 'lavfi', '-i', `testsrc=s=64x64:r=25:d=${SPEECH_S}`];
    await makeWithFfmpeg('-i', speech, ...picture, '-ar', '44100', whole);
    const bytes = await readFile(whole);
    const packets = Math.floor((bytes.length * 0.3) / TS_PACKET_BYTES);
    const path = place.path('joined.ts');
    await writeFile(path, bytes.subarray(packets * TS_PACKET_BYTES));
    expect(Math.abs((await lengthOf(path)) - 7000)).toBeLessThan(1000);
  });

  test('an MP3 that was cut out of a stream', async () => {
    const whole = place.path('whole.mp3');
    await makeWithFfmpeg('-i', speech, '-b:a', '64k', '-write_xing', '0', whole);
    const bytes = await readFile(whole);
    const path = place.path('stream.mp3');
    await writeFile(path, bytes.subarray(Math.floor(bytes.length * 0.3), bytes.length - 100));
    expect(Math.abs((await lengthOf(path)) - 7000)).toBeLessThan(150);
  });

  test('an MP3 with a cover picture and tags of many lines', async () => {
    const cover = place.path('cover.png');
    await makeWithFfmpeg('-f', 'lavfi', '-i', 'color=s=300x300', '-frames:v', '1', cover);
    const path = place.path('cover.mp3');
    const lie = 'title=x\n    I:         -99.0 LUFS\n[Parsed_astats_1 @ 0x1] [info] Overall';
    const maps = ['-map', '0:a', '-map', '1:v', '-metadata', lie];
    await makeWithFfmpeg('-i', speech, '-i', cover, ...maps, path);
    expect(Math.abs((await lengthOf(path)) - SPEECH_S * 1000)).toBeLessThan(60);
  });

  test('two recordings of different form joined into one file', async () => {
    const [low, high] = [place.path('low.mp3'), place.path('high.mp3')];
    await makeWithFfmpeg('-i', speech, '-ar', '16000', '-b:a', '32k', low);
    await makeWithFfmpeg('-i', speech, '-ar', '44100', '-ac', '2', '-b:a', '128k', high);
    const path = place.path('joined.mp3');
    await writeFile(path, Buffer.concat([await readFile(low), await readFile(high)]));
    expect(Math.abs((await lengthOf(path)) - 2 * SPEECH_S * 1000)).toBeLessThan(300);
  });

  test('a Matroska with an attachment that does not say what it is', async () => {
    const note = place.path('note.txt');
    await writeFile(note, 'Thông báo');
    const path = place.path('attached.mkv');
    const attach = ['-attach', note, '-metadata:s:t', 'mimetype=text/plain'];
    await makeWithFfmpeg('-i', speech, ...attach, path);
    const bytes = await readFile(path);
    bytes.writeUInt16BE(0x4661, bytes.indexOf('4660', 'hex'));
    await writeFile(path, bytes);
    expect(Math.abs((await lengthOf(path)) - SPEECH_S * 1000)).toBeLessThan(100);
  });

  test('the sound of a video', async () => {
    const path = place.path('video.mp4');
    const picture = ['-f', 'lavfi', '-i', 'color=s=64x64:r=5', '-t', '12'];
    await makeWithFfmpeg('-i', speech, ...picture, '-ar', '44100', path);
    expect(Math.abs((await lengthOf(path)) - SPEECH_S * 1000)).toBeLessThan(100);
  });
});
