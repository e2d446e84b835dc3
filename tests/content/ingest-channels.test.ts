import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ChannelLevels, chooseChannelMix } from '#content/channel-mix.ts';
import { createIngestPlace, type IngestPlace } from '../support/ingest-place.ts';
import { makeWithFfmpeg, measureSound, writeSpeech } from '../support/speech.ts';

const SPEECH_S = 10;

const STEREO = [
  { name: 'opposite', pan: 'c0=c0|c1=-1*c0', why: 'a cable with swapped poles cancels in mono' },
  { name: 'nearly', pan: 'c0=c0|c1=-0.8*c0', why: 'as above, one channel weaker' },
  { name: 'left', pan: 'c0=c0|c1=0*c0', why: 'the right channel is dead' },
  { name: 'right', pan: 'c0=0*c0|c1=c0', why: 'the left channel is dead' },
  { name: 'same', pan: 'c0=c0|c1=c0', why: 'mono kept as stereo' },
];

let place: IngestPlace;
let speech = '';

beforeAll(async () => {
  place = await createIngestPlace();
  speech = place.path('speech.wav');
  await writeSpeech(speech, SPEECH_S, 5);
});
afterAll(() => place.remove());

/** The part of a clip's power that is speech of the original, from their sum and difference. */
const differenceLufs = async (clip: string, other: string): Promise<number> => {
  const out = place.path('difference.wav');
  const graph = '[0:a][1:a]amerge=inputs=2,pan=mono|c0=0.5*c0-0.5*c1';
  const inverted = '[0:a][1:a]amerge=inputs=2,pan=mono|c0=0.5*c0+0.5*c1';
  const measures: number[] = [];
  for (const filter of [graph, inverted]) {
    await makeWithFfmpeg('-i', clip, '-i', other, '-filter_complex', filter, out);
    measures.push((await measureSound(out)).loudnessLufs);
  }
  return Math.min(...measures);
};

describe('stereo becomes mono without losing what was said', () => {
  test.each(STEREO)('$name: $why', async ({ name, pan }) => {
    const source = place.path(`${name}.wav`);
    await makeWithFfmpeg('-i', speech, '-af', `pan=stereo|${pan}`, source);
    const mono = await place.ingest(speech);
    const result = await place.ingest(source);
    if (!result.ok || !mono.ok) throw new Error(JSON.stringify([result, mono]));
    const clip = place.clipPath(result.value.sha256);
    const { loudnessLufs } = await measureSound(clip);
    expect(Math.abs(loudnessLufs - -16)).toBeLessThanOrEqual(0.5);
    const rest = await differenceLufs(clip, place.clipPath(mono.value.sha256));
    expect(rest, 'what differs from the mono original is far below it').toBeLessThan(-36);
  });
});

describe('the mix of two channels', () => {
  const cases: (ChannelLevels & { mix: string; why: string })[] = [
    { leftDb: -20, rightDb: -20, meanDb: -20, mix: 'mean', why: 'equal channels' },
    { leftDb: -20, rightDb: -20, meanDb: -23, mix: 'mean', why: 'unrelated channels lose 3 dB' },
    { leftDb: -20, rightDb: -20, meanDb: -60, mix: 'difference', why: 'opposite phase' },
    { leftDb: -20, rightDb: -41, meanDb: -26, mix: 'left', why: 'right 21 dB down' },
    { leftDb: -41, rightDb: -20, meanDb: -26, mix: 'right', why: 'left 21 dB down' },
    { leftDb: -20, rightDb: -39, meanDb: -25.5, mix: 'mean', why: 'right 19 dB down still counts' },
    { leftDb: -20, rightDb: -Infinity, meanDb: -26, mix: 'left', why: 'right digitally silent' },
    { leftDb: -Infinity, rightDb: -Infinity, meanDb: -Infinity, mix: 'mean', why: 'silence' },
  ];
  test.each(cases)('$mix: $why', ({ mix, ...levels }) => {
    expect(chooseChannelMix(levels)).toBe(mix);
  });
});
