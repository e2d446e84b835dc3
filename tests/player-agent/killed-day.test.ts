import { expect, test } from 'vitest';
import { killThroughADay } from './support/killed-day.ts';

const RUNS = 3;
const HOURS = 2;
const TIMEOUT_MS = 180_000;

test(
  'a speaker that is killed again and again loses no record, and claims nothing that did not sound',
  async () => {
    expect((await killThroughADay(RUNS, HOURS)).soundedMs).toBeGreaterThan(0);
  },
  TIMEOUT_MS,
);
