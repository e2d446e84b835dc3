import { expect, test } from 'vitest';
import type { PlayerEvent } from '#player-agent/ports/player.ts';
import { createTimeline, type SoundSample } from '#player-agent/sound/timeline.ts';

/** What mpv says 2 ms after it was asked at the position. */
const sample = (index: number, itemMs: number, posMs: number): SoundSample => ({
  index,
  itemMs,
  fromPosMs: posMs,
  toPosMs: posMs + 2,
});

const begin = (durationsMs: number[], skipMs = 0) =>
  createTimeline({ durationsMs, skipMs, silenced: false, releasePosMs: 1_000 });

/** Sound that runs as it should from `fromMs` to `toMs` of an item that began at `originMs`. */
const regular = (index: number, originMs: number, [fromMs, toMs]: [number, number]) => {
  const samples: SoundSample[] = [];
  for (let at = fromMs; at <= toMs; at += 100) samples.push(sample(index, at, originMs + at - 1));
  return samples;
};

const feed = (timeline: ReturnType<typeof begin>, samples: SoundSample[]): PlayerEvent[] =>
  samples.flatMap((one) => timeline.observe(one));

test('an item that mpv has opened does not sound before the one before it has ended', () => {
  const timeline = begin([1_000, 1_000]);
  const early = feed(timeline, [...regular(0, 1_000, [50, 650]), sample(1, -250, 1_749)]);
  expect(early).toEqual([{ kind: 'audible', index: 0, fromPosMs: 1_000 }]);
  expect(timeline.progress()?.index).toBe(0);

  const [ended, audible] = feed(timeline, [sample(1, 40, 2_039)]);
  expect(ended).toMatchObject({
    index: 0,
    outcome: 'whole',
    played: { fromMs: 1_000, toMs: 2_000 },
  });
  expect(audible).toEqual({ kind: 'audible', index: 1, fromPosMs: 2_000 });
});

test('nothing beyond the last sample is claimed when the player dies', () => {
  const timeline = begin([10_000]);
  feed(timeline, regular(0, 1_000, [50, 3_050]));
  const [ended] = timeline.cut('playerFailed');
  expect(ended).toMatchObject({
    outcome: 'part',
    reason: 'playerFailed',
    audible: [{ fromMs: 1_000, toMs: 4_050 }],
  });
});

test('a list that never sounded claims nothing', () => {
  const [ended] = begin([10_000]).cut('playerFailed');
  expect(ended).toMatchObject({
    outcome: 'none',
    audible: [],
    played: { fromMs: 1_000, toMs: 1_000 },
  });
});

test('a hole in the sound is cut out, and the item is whole if all of it was heard', () => {
  const timeline = begin([2_000]);
  feed(timeline, [...regular(0, 1_000, [50, 950]), ...regular(0, 1_700, [1_050, 1_950])]);
  expect(timeline.drained(3_695)[0]).toMatchObject({
    outcome: 'whole',
    audible: [
      { fromMs: 1_000, toMs: 1_950 },
      { fromMs: 2_649, toMs: 3_699 },
    ],
  });
});

test('an answer that comes late proves no hole', () => {
  const timeline = begin([5_000]);
  feed(timeline, regular(0, 1_000, [50, 950]));
  timeline.observe({ ...sample(0, 1_050, 2_049), toPosMs: 2_950 });
  feed(timeline, regular(0, 1_000, [2_050, 3_050]));
  expect(timeline.progress()?.audible).toEqual([{ fromMs: 1_000, toMs: 4_050 }]);
});

test('a sound card whose clock runs 100 ppm slow has no holes in half an hour', () => {
  const timeline = begin([1_800_000]);
  for (let at = 100; at < 1_800_000; at += 100) {
    timeline.observe(sample(0, at, 1_000 + at * 1.0001));
  }
  const progress = timeline.progress();
  expect(progress?.audible).toHaveLength(1);
  expect(progress?.audible[0]?.toMs).toBeCloseTo(1_000 + 1_799_900 * 1.0001, -1);
});

test('a clip that is shorter than it says did not sound whole', () => {
  const timeline = begin([3_000, 1_000]);
  const samples = [...regular(0, 1_000, [50, 650]), sample(1, -300, 1_698), sample(1, 50, 2_048)];
  const ended = feed(timeline, samples).find((event) => event.kind === 'ended');
  expect(ended).toMatchObject({
    outcome: 'part',
    reason: 'playerFailed',
    audible: [{ fromMs: 1_000, toMs: 2_000 }],
  });
});

test('what an item skips is neither awaited nor claimed', () => {
  const timeline = begin([5_000], 3_000);
  feed(timeline, regular(0, -2_000, [3_050, 4_950]));
  expect(timeline.endPosMs()).toBeCloseTo(3_000, -1);
  expect(timeline.drained(2_995)[0]).toMatchObject({
    outcome: 'whole',
    played: { fromMs: 1_000, toMs: 3_000 },
  });
});

test('sound turned down to nothing is not audible', () => {
  const timeline = begin([3_000]);
  feed(timeline, regular(0, 1_000, [50, 950]));
  timeline.silence(true, 2_000);
  feed(timeline, regular(0, 1_000, [1_050, 1_950]));
  timeline.silence(false, 3_000);
  feed(timeline, regular(0, 1_000, [2_050, 2_950]));
  expect(timeline.drained(4_000)[0]).toMatchObject({
    outcome: 'part',
    reason: null,
    audible: [
      { fromMs: 1_000, toMs: 2_000 },
      { fromMs: 3_000, toMs: 4_000 },
    ],
  });
});

test('an output that ran empty long before the end did not play the rest', () => {
  const timeline = begin([3_000, 2_000]);
  feed(timeline, regular(0, 1_000, [50, 1_550]));
  expect(timeline.drained(2_900)).toMatchObject([
    {
      index: 0,
      outcome: 'part',
      reason: 'playerFailed',
      audible: [{ fromMs: 1_000, toMs: 2_550 }],
    },
    { index: 1, outcome: 'none', reason: 'playerFailed', audible: [] },
  ]);
});
