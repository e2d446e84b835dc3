import { expect, test } from 'vitest';
import { checkExplanations } from '../explained.ts';

const SEED = 11;
const DAYS = 300;

test('of three hundred small days every clash and repair holds', { timeout: 3_600_000 }, () => {
  const { broken, explained, repaired } = checkExplanations(DAYS, SEED);
  expect(broken).toEqual([]);
  expect(explained).toBeGreaterThan(DAYS / 10);
  expect(repaired).toBeGreaterThan(DAYS / 10);
});
