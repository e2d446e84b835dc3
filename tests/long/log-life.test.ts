import { test } from 'vitest';
import { liveAtRandom } from '#tests/player-agent/support/log-life.ts';

const LIVES = 300;
const TIMEOUT_MS = 900_000;

test(
  'three hundred lives of a log, cut at random operations of its disk, lose and repeat no record',
  () => liveAtRandom(LIVES),
  TIMEOUT_MS,
);
