import { expect, test } from 'vitest';
import { killInPlayback } from '../support/killed-playback.ts';

const RUNS = 1;
const TIMEOUT_MS = 180_000;

test(
  'a speaker that is killed while it sounds claims nothing that was not heard, and goes on',
  async () => {
    expect((await killInPlayback(RUNS)).claimedMs).toBeGreaterThan(0);
  },
  TIMEOUT_MS,
);
