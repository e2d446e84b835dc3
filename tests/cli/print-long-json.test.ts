import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonParts } from '../../cli/print-long-json.ts';

test('a long answer is written with the same bytes as a short one', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      expect([...jsonParts(value)].join('')).toBe(`${JSON.stringify(value, null, 2)}\n`);
    }),
  );
});

test('lists of lists, empty lists and lines in texts are laid out alike', () => {
  const value = { a: [], b: [[], [1, [2]], { c: 'x\ny', d: [] }], e: {}, f: null };
  expect([...jsonParts(value)].join('')).toBe(`${JSON.stringify(value, null, 2)}\n`);
});
