import { expect, test } from 'vitest';
import { createLevelJudge, loudnessOf } from '../../web/features/bulletins/recording/level.ts';

const tone = (amplitude: number): Float32Array =>
  Float32Array.from({ length: 4800 }, (_, at) => amplitude * Math.sin((at * Math.PI) / 48));
const silence = new Float32Array(4800);

/** What is said in the end to so many readings of each sound, ten a second. */
const judged = (...heard: readonly (readonly [samples: Float32Array, readings: number])[]) => {
  const judge = createLevelJudge();
  const levels = heard.flatMap(([samples, readings]) =>
    Array.from({ length: readings }, () => judge(loudnessOf(samples))),
  );
  return levels.at(-1);
};

test('the loudness of a tone is that of its effective value and its peak', () => {
  const { rmsDbfs, peakDbfs } = loudnessOf(tone(0.5));
  expect(rmsDbfs).toBeCloseTo(-9.03, 1);
  expect(peakDbfs).toBeCloseTo(-6.02, 1);
  expect(loudnessOf(silence)).toEqual({ rmsDbfs: -60, peakDbfs: -60 });
});

test.each([
  { why: 'nobody has spoken yet', heard: [[silence, 29]], level: null },
  { why: 'three seconds of nothing', heard: [[silence, 30]], level: 'tooQuiet' },
  { why: 'a murmur', heard: [[tone(0.01), 40]], level: 'tooQuiet' },
  { why: 'speech', heard: [[tone(0.2), 1]], level: 'good' },
  {
    why: 'a breath after speech',
    heard: [
      [tone(0.2), 5],
      [silence, 29],
    ],
    level: 'good',
  },
  {
    why: 'one shout',
    heard: [
      [tone(0.2), 5],
      [tone(1), 1],
      [tone(0.2), 20],
    ],
    level: 'tooLoud',
  },
  {
    why: 'a shout long ago',
    heard: [
      [tone(1), 1],
      [tone(0.2), 30],
    ],
    level: 'good',
  },
] as const)('the level is $level: $why', ({ heard, level }) => {
  expect(judged(...heard)).toBe(level);
});
