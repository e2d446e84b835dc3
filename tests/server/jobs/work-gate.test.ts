import { expect, test } from 'vitest';
import { ok } from '#schemas/result.ts';
import { createWorkGate } from '#server/jobs/work-gate.ts';

test('so much is done at once, so much waits in order, and the rest is told when to come again', async () => {
  const gate = createWorkGate({ mostRunning: 2, mostWaiting: 1, retryAfterS: 30 });
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const work = (number: number) => () => {
    begun.push(number);
    return new Promise<{ ok: true; value: number }>((resolve) => {
      ends.push(() => resolve(ok(number)));
    });
  };
  const [one, two, three, four] = [1, 2, 3, 4].map((number) => gate.run(work(number)));
  expect(await four).toEqual({ ok: false, problem: { code: 'tooManyTries', retryAfterS: 30 } });
  expect(begun).toEqual([1, 2]);
  ends[1]?.();
  expect(await two).toEqual(ok(2));
  await expect.poll(() => begun).toEqual([1, 2, 3]);
  ends[0]?.();
  ends[2]?.();
  expect(await Promise.all([one, three])).toEqual([ok(1), ok(3)]);
});

test('work that fails makes room for the next', async () => {
  const gate = createWorkGate({ mostRunning: 1, mostWaiting: 1, retryAfterS: 30 });
  const failing = gate.run(() => Promise.reject(new Error('no disk')));
  await expect(failing).rejects.toThrow('no disk');
  expect(await gate.run(async () => ok('next'))).toEqual(ok('next'));
});
