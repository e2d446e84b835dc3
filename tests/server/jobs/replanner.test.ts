import { expect, test } from 'vitest';
import { createLogger } from '#runtime/logger.ts';
import { createReplanner } from '#server/jobs/replanner.ts';

const log = createLogger('test', 'silent');

test('changes that come while plans are made are answered by one more making', async () => {
  let makings = 0;
  const ends: (() => void)[] = [];
  const replanner = createReplanner(() => {
    makings += 1;
    return new Promise((resolve) => void ends.push(resolve));
  }, log);
  for (const reason of ['a', 'b', 'c']) replanner.request(reason);
  expect(makings).toBe(1);
  ends[0]?.();
  await expect.poll(() => makings).toBe(2);
  ends[1]?.();
  await replanner.stop();
  expect(makings).toBe(2);
});

test('a making that fails does not keep the next change from being planned', async () => {
  let makings = 0;
  const replanner = createReplanner(async () => {
    makings += 1;
    if (makings === 1) throw new Error('no plan');
  }, log);
  replanner.request('a');
  await expect.poll(() => makings).toBe(1);
  replanner.request('b');
  await expect.poll(() => makings).toBe(2);
  await replanner.stop();
  replanner.request('after the end');
  expect(makings).toBe(2);
});
