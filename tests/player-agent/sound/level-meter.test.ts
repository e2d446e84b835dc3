import { expect, test } from 'vitest';
import type { LevelWindow } from '#player-agent/ports/player.ts';
import { createLevelMeter } from '#player-agent/sound/level-meter.ts';

const RATE = 8_000;

const pieceOf = (samples: number, level: number): Buffer => {
  const piece = Buffer.alloc(samples * 2);
  for (let index = 0; index < samples; index += 1) piece.writeInt16LE(level, index * 2);
  return piece;
};

const meterWithWindows = () => {
  const windows: LevelWindow[] = [];
  return { windows, meter: createLevelMeter(RATE, (window) => windows.push(window)) };
};

test('a window is dated by when its sound arrived', () => {
  const { windows, meter } = meterWithWindows();
  meter.add(pieceOf(800, 16_384), 5_100);
  expect(windows).toEqual([{ fromMs: 5_000, toMs: 5_100, meanSquare: 0.25 }]);
});

test('pieces that are held back date nothing later than it was', () => {
  const { windows, meter } = meterWithWindows();
  meter.add(pieceOf(800, 0), 5_100);
  meter.add(pieceOf(800, 0), 5_700);
  meter.add(pieceOf(4_000, 0), 5_705);
  expect(windows.at(-1)?.toMs).toBeCloseTo(5_700, -1);
});

test('sound after a hole is dated anew, and the hole is in no window', () => {
  const { windows, meter } = meterWithWindows();
  meter.add(pieceOf(1_200, 0), 5_150);
  meter.add(pieceOf(800, 0), 9_000);
  expect(windows.map(({ fromMs, toMs }) => [fromMs, toMs])).toEqual([
    [5_000, 5_100],
    [8_900, 9_000],
  ]);
});

test('a piece may end in the middle of a sample', () => {
  const { windows, meter } = meterWithWindows();
  const sound = pieceOf(800, -16_384);
  meter.add(sound.subarray(0, 333), 5_021);
  meter.add(sound.subarray(333), 5_100);
  expect(windows[0]?.meanSquare).toBeCloseTo(0.25);
});
