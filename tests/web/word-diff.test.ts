import { expect, test } from 'vitest';
import { wordDiff } from '../../web/features/bulletins/history/word-diff.ts';

const show = (older: string, newer: string): string =>
  wordDiff(older, newer)
    .map(({ kind, text }) => ({ same: text, gone: `[-${text}]`, new: `[+${text}]` })[kind])
    .join('');

test.each([
  { why: 'nothing', older: 'Họp thôn', newer: 'Họp thôn', is: 'Họp thôn' },
  {
    why: 'a word in the middle',
    ...{ older: 'Họp lúc bảy giờ tối.', newer: 'Họp lúc tám giờ tối.' },
    is: 'Họp lúc [-bảy ][+tám ]giờ tối.',
  },
  {
    why: 'an end that was added',
    older: 'Họp thôn',
    newer: 'Họp thôn tối nay',
    is: 'Họp thôn [+tối nay]',
  },
  { why: 'a beginning that is gone', older: 'Xin mời họp', newer: 'họp', is: '[-Xin mời ]họp' },
  { why: 'everything', older: 'Một', newer: 'Hai', is: '[-Một][+Hai]' },
  { why: 'two places', older: 'a b c d e', newer: 'a x c y e', is: 'a [-b ][+x ]c [-d ][+y ]e' },
])('the history shows what differs word by word: $why', ({ older, newer, is }) => {
  expect(show(older, newer)).toBe(is);
});

test('of two long texts with nothing in common each is shown whole', () => {
  const older = 'cũ '.repeat(3000);
  const newer = 'mới '.repeat(3000);
  expect(wordDiff(older, newer)).toEqual([
    { kind: 'gone', text: older },
    { kind: 'new', text: newer },
  ]);
});
