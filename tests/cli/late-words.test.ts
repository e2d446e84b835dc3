import { expect, test } from 'vitest';
import { lateSchema, mannerSchema } from '#schemas/session-manner.ts';
import { lateIn, mannersIn } from '../../cli/commands/late-words.ts';

test.each([
  ['join', { do: 'join' }],
  ['skip', { do: 'skip' }],
  ['restart:20', { do: 'restart', withinMin: 20 }],
])('what becomes of late sessions is told in a word: %s', (typed, late) => {
  expect(lateIn(typed)).toEqual(late);
});

test.each(['jion', '20', 'restart', 'restart:2O', 'join:5'])(
  'a slip of the finger is never taken for another answer: %s',
  (typed) => {
    expect(lateSchema.safeParse(lateIn(typed)).success).toBe(false);
  },
);

test.each(['05:00-06:00', '05:00-06:00=5O', '05:00-06:00=', '5h-6h=50', '05:00-06:00=none/jion'])(
  'a daypart that says nothing that can be done is refused: %s',
  (typed) => {
    expect(mannersIn(typed).map((one) => mannerSchema.safeParse(one).success)).toEqual([false]);
  },
);

test('no daypart is told as none', () => {
  expect(mannersIn('none')).toEqual([]);
});
