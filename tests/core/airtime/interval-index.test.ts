import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createIntervalIndex, lowestIndex, overlapping } from '#core/airtime/interval-index.ts';

const interval = fc
  .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 12 }))
  .map(([fromMs, length]) => ({ fromMs, toMs: fromMs + length }));

test('an index finds of its intervals those that share more than an end with the window', () => {
  fc.assert(
    fc.property(fc.array(interval, { maxLength: 12 }), interval, (parts, window) => {
      const found = overlapping(createIntervalIndex(parts), window);
      const expected = parts
        .filter((part) => part.fromMs < window.toMs && part.toMs > window.fromMs)
        .sort((a, b) => a.fromMs - b.fromMs);
      expect(found).toEqual(expected);
    }),
  );
});

test('an interval that only touches the window is not found', () => {
  const index = createIntervalIndex([
    { fromMs: 0, toMs: 10 },
    { fromMs: 20, toMs: 30 },
  ]);
  expect(overlapping(index, { fromMs: 10, toMs: 20 })).toEqual([]);
  expect(overlapping(index, { fromMs: 9, toMs: 20 })).toEqual([{ fromMs: 0, toMs: 10 }]);
  expect(overlapping(index, { fromMs: 10, toMs: 21 })).toEqual([{ fromMs: 20, toMs: 30 }]);
});

test('a long interval is found behind many short ones', () => {
  const long = { fromMs: 0, toMs: 100 };
  const short = [1, 2, 3, 4].map((fromMs) => ({ fromMs, toMs: fromMs + 1 }));
  const index = createIntervalIndex([...short, long]);
  expect(overlapping(index, { fromMs: 50, toMs: 60 })).toEqual([long]);
});

test('the lowest index is the first at which what stays true is true', () => {
  for (let length = 0; length < 6; length += 1) {
    const list = Array.from({ length }, (_, index) => index);
    for (let from = 0; from <= length; from += 1) {
      expect(lowestIndex(list, (one) => one >= from)).toBe(from);
    }
  }
});
