import { expect, test } from 'vitest';
import type {
  PlaybackRequest,
  Player,
  PlayerEvent,
  PlayerItem,
} from '#player-agent/ports/player.ts';
import type { CaptureListener } from '#player-agent/sound/capture-level.ts';
import { createHeardPlayer } from '#player-agent/sound/heard-player.ts';
import { createFakeClock, type FakeClock } from '#tests/support/fake-clock.ts';
import { createFakePlayer } from '#tests/support/fake-player.ts';
import { endings } from '#tests/support/sound-rig.ts';

const SPEECH = 0.01;
const SILENCE = 1e-9;
const START_MS = 1_000;
const LATENCY_MS = 200;

/** Whether anything can be heard at a position; null where nothing is measured. */
type Loudness = (posMs: number) => boolean | null;

/**
 * Plays items over a fake clock, measured by a capture that hears what `loudness` says, while `own`
 * says what leaves the player.
 */
const play = async (durationsMs: number[], loudness: Loudness, own: Loudness = () => null) => {
  const clock: FakeClock = createFakeClock(0);
  const fake = createFakePlayer(clock);
  let onLevel: PlaybackRequest['onLevel'];
  const inner: Player = {
    ...fake,
    prepare: (request) => {
      onLevel = request.onLevel;
      return fake.prepare(request);
    },
  };
  let listener: CaptureListener | null = null;
  const capture = (next: CaptureListener) => {
    listener = next;
    return { stop: () => {} };
  };
  const measure = () => {
    const toMs = clock.positionMs() - LATENCY_MS;
    const isLoud = loudness(toMs);
    const window = { fromMs: toMs - 100, toMs, meanSquare: isLoud ? SPEECH : SILENCE };
    if (isLoud !== null) listener?.onWindow(window);
    const leaves = own(toMs);
    if (leaves !== null) onLevel?.({ ...window, meanSquare: leaves ? SPEECH : SILENCE });
    clock.at(clock.positionMs() + 100, measure);
  };
  clock.at(LATENCY_MS + 100, measure);
  const player = createHeardPlayer(inner, { clock, capture });
  const events: PlayerEvent[] = [];
  const items: PlayerItem[] = durationsMs.map((durationMs) => ({ path: 'clip', durationMs }));
  const silences: { isSilent: boolean; atMs: number }[] = [];
  const onEvent = (event: PlayerEvent) => events.push(event);
  const onSilence = (isSilent: boolean) => {
    silences.push({ isSilent, atMs: clock.positionMs() });
  };
  const request = { items, volume: 100, skipMs: 0, onEvent, onSilence };
  const prepared = await player.prepare(request);
  if (!prepared.ok) throw new Error(prepared.problem.code);
  prepared.value.start(START_MS);
  return { clock, events, silences, playback: prepared.value, die: () => listener?.onEnd() };
};

const silentBetween =
  (fromMs: number, toMs: number): Loudness =>
  (posMs) =>
    posMs <= fromMs || posMs > toMs;

test('silence of five seconds is cut out, and the measurement says how much', async () => {
  const { clock, events } = await play([20_000], silentBetween(5_000, 12_000));
  await clock.advance(30_000);
  const [ended] = endings(events);
  expect(ended).toMatchObject({
    outcome: 'part',
    reason: 'silentSpeaker',
    audible: [
      { fromMs: 1_000, toMs: 5_000 },
      { fromMs: 12_000, toMs: 21_000 },
    ],
    measurement: { method: 'capture', silentMs: 7_000 },
  });
});

test('a pause of a speaker who breathes takes nothing away', async () => {
  const { clock, events } = await play([20_000], silentBetween(5_000, 9_900));
  await clock.advance(30_000);
  expect(endings(events)).toMatchObject([
    { outcome: 'whole', reason: null, audible: [{ fromMs: 1_000, toMs: 21_000 }] },
  ]);
});

test('silence that begins before an item ends is cut from both items', async () => {
  const { clock, events } = await play([10_000, 10_000], silentBetween(9_000, 15_000));
  await clock.advance(11_500);
  expect(endings(events)).toHaveLength(0);
  await clock.advance(20_000);
  const audible = endings(events).map((ended) => ended.audible);
  expect(audible).toEqual([[{ fromMs: 1_000, toMs: 9_000 }], [{ fromMs: 15_000, toMs: 21_000 }]]);
});

test('a checkpoint while an end is held back tells of the item that has not been told', async () => {
  const { clock, playback } = await play([10_000, 10_000], silentBetween(9_000, 15_000));
  await clock.advance(12_000);
  expect(playback.progress()).toMatchObject({
    index: 0,
    audible: [{ fromMs: 1_000, toMs: 9_000 }],
  });
});

test('a checkpoint does not claim the silence that lasts', async () => {
  const { clock, playback } = await play([20_000], silentBetween(5_000, 20_000));
  await clock.advance(8_000);
  const claimed = playback.progress()?.audible;
  expect(claimed?.[0]).toEqual({ fromMs: 1_000, toMs: 5_000 });
  expect(claimed?.[1]?.fromMs ?? 8_000).toBeGreaterThanOrEqual(8_000 - LATENCY_MS - 100);
});

test('what was not measured is not silent', async () => {
  const { clock, events } = await play([20_000], (posMs) => (posMs < 8_000 ? false : null));
  await clock.advance(6_000);
  await clock.advance(30_000);
  expect(endings(events)).toMatchObject([
    { reason: 'silentSpeaker', audible: [{ fromMs: 7_900, toMs: 21_000 }] },
  ]);
});

test('a capture that never says a thing changes nothing', async () => {
  const { clock, events, die } = await play([2_000], () => null);
  die();
  await clock.advance(3_100);
  expect(endings(events)).toMatchObject([{ outcome: 'whole', reason: null, measurement: null }]);
  expect(events.at(-1)).toEqual({ kind: 'finished' });
});

test('a stop waits for the measurement, but no longer than a second', async () => {
  const { clock, events, playback } = await play([20_000], () => null);
  await clock.advance(5_000);
  const stopped = playback.stop();
  await clock.advance(1_000);
  await stopped;
  expect(endings(events)).toMatchObject([{ outcome: 'part', reason: 'stopped' }]);
});

test('that nothing is heard is told while it lasts, after five seconds, and that it is over', async () => {
  const { clock, silences } = await play([60_000], silentBetween(5_000, 40_000));
  await clock.advance(70_000);
  expect(silences.map(({ isSilent }) => isSilent)).toEqual([false, true, false]);
  const [, lost, back] = silences;
  expect(lost?.atMs).toBeLessThan(5_000 + 6_000);
  expect(back?.atMs).toBeLessThan(40_000 + 1_000);
});

test('what is silent in the clip itself is not missed at the loudspeaker', async () => {
  const pause = silentBetween(5_000, 15_000);
  const { clock, events, silences } = await play([20_000], pause, pause);
  await clock.advance(30_000);
  expect(endings(events)).toMatchObject([{ outcome: 'whole', reason: null }]);
  expect(silences.map(({ isSilent }) => isSilent)).toEqual([false]);
});

test('where nothing listens, the record has the level that left the player', async () => {
  const { clock, events, die } = await play([20_000], () => null, silentBetween(5_000, 12_000));
  die();
  await clock.advance(30_000);
  const [ended] = endings(events);
  expect(ended).toMatchObject({ outcome: 'whole', measurement: { method: 'player' } });
  expect(Math.abs((ended?.measurement?.silentMs ?? 0) - 7_000)).toBeLessThan(300);
  expect(ended?.measurement?.rmsDbfs).toBeCloseTo(-22, 0);
});
