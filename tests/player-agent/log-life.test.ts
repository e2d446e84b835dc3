import { test } from 'vitest';
import { liveAtRandom } from './support/log-life.ts';

const LIVES = 10;

test(
  'power cuts at random operations of the disk lose no record, repeat none and break no chain',
  () => liveAtRandom(LIVES),
  120_000,
);
