import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cases } from './support/cases.ts';
import { agreementCase, bothSay } from './support/naive-agreement.ts';

test('a second judge, written naively and apart, says the same of every log', () => {
  fc.assert(
    fc.property(agreementCase, (one) => {
      const { judge, naive } = bothSay(one);
      expect(judge).toEqual(naive);
    }),
    cases(1000),
  );
});
