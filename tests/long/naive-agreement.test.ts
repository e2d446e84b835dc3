import fc from 'fast-check';
import { expect, test } from 'vitest';
import { agreementCase, bothSay } from '#tests/core/airtime/support/naive-agreement.ts';

const CASES = 100_000;

test('the naive judge says the same of a hundred thousand logs', { timeout: 3_600_000 }, () => {
  fc.assert(
    fc.property(agreementCase, (one) => {
      const { judge, naive } = bothSay(one);
      expect(judge).toEqual(naive);
    }),
    { numRuns: CASES },
  );
});
