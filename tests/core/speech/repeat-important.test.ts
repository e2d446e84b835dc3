import { describe, expect, test } from 'vitest';
import { repeatImportant } from '#core/speech/repeat-important.ts';

describe('what is important is said again', () => {
  test.each([
    {
      script: '**Tối nay cắt điện.** Bà con chú ý.',
      times: 1,
      spoken: 'Tối nay cắt điện. Xin nhắc lại: Tối nay cắt điện. Bà con chú ý.',
      why: 'once',
    },
    {
      script: 'Chú ý: **gọi 113**!',
      times: 2,
      spoken: 'Chú ý: gọi 113. Xin nhắc lại: gọi 113. Xin nhắc lại: gọi 113.',
      why: 'twice, and the sentence ends once',
    },
    { script: '**Một** và **hai**', times: 0, spoken: '**Một** và **hai**', why: 'not at all' },
    { script: 'Hai ** ba', times: 1, spoken: 'Hai ** ba', why: 'two asterisks mark nothing' },
    { script: '**a\nb**', times: 1, spoken: '**a\nb**', why: 'not across lines' },
  ])('$why', ({ script, times, spoken }) => {
    expect(repeatImportant(script, times)).toBe(spoken);
  });
});
