import { expect, test } from 'vitest';
import { breathe } from '#runtime/clock.ts';
import { describeReadiness } from '#server/services/describe-readiness.ts';
import { createSpeakerWatch } from '#server/services/watch-speakers.ts';
import { openPlannedSite } from '#tests/support/planned-site.ts';

test('while a province asks how ready its speakers are, others are served', async () => {
  const { store, site, clock } = await openPlannedSite();
  const { speaker } = await site.enrol();
  const speakers = async () => Array.from({ length: 1000 }, () => speaker);
  let served = 0;
  let isOver = false;
  const serve = async () => {
    for (; !isOver; served += 1) await breathe();
  };
  const serving = serve();
  const ports = { store: { ...store, speakers }, clock, watch: createSpeakerWatch() };
  expect(await describeReadiness(ports)).toHaveLength(1000);
  isOver = true;
  await serving;
  expect(served).toBeGreaterThan(5);
});
