import { expect, test } from 'vitest';
import { killInPlayback } from '#tests/player-agent/support/killed-playback.ts';

const RUNS = 20;
const TIMEOUT_MS = 900_000;

test(
  'a speaker that is killed twenty times while it sounds claims nothing that was not heard',
  async () => {
    const session = await killInPlayback(RUNS);
    console.log(`${RUNS} kills: ${JSON.stringify(session)}`);
    expect(session.claimedMs).toBeGreaterThan(0);
  },
  TIMEOUT_MS,
);
