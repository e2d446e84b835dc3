import { test } from 'vitest';
import { cutAtRandom } from '#tests/player-agent/support/cut-day.ts';

const RUNS = 200;
const TIMEOUT_MS = 600_000;

test(
  'a power cut at two hundred random instants claims no second that did not sound',
  () => cutAtRandom(RUNS),
  TIMEOUT_MS,
);
