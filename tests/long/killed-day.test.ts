import { expect, test } from 'vitest';
import { killThroughADay } from '#tests/player-agent/support/killed-day.ts';

const RUNS = 200;
const HOURS = 14;
const TIMEOUT_MS = 1_800_000;

test(
  'a speaker that is killed two hundred times in a day loses no record, and claims nothing that did not sound',
  async () => {
    const day = await killThroughADay(RUNS, HOURS);
    console.log(`${RUNS} kills: ${JSON.stringify(day)}`);
    expect(day.killedInSound).toBeGreaterThan(0);
  },
  TIMEOUT_MS,
);
