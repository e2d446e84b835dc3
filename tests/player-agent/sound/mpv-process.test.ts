import { expect, onTestFinished, test } from 'vitest';
import { createMpvProcess } from '#player-agent/sound/mpv-process.ts';
import { createLogger } from '#runtime/logger.ts';
import { createFakeClock } from '#tests/support/fake-clock.ts';

const STARTS = 6;
const exhausted = { ok: false, problem: { code: 'audioToolFailed', detail: 'startsExhausted' } };

const unheard = {
  clock: createFakeClock(0),
  log: createLogger('test', 'silent'),
  pipeName: 'none',
  env: process.env,
  onEvent: () => undefined,
  onExit: () => undefined,
};

test('a mpv that dies at each start is given up, but for an emergency, which starts it once more', async () => {
  let exited = Promise.withResolvers<void>();
  const onExit = () => exited.resolve();
  const mpv = createMpvProcess({ ...unheard, mpvPath: 'false', argumentsFor: () => [], onExit });
  onTestFinished(mpv.close);
  const start = async (isUrgent: boolean) => {
    exited = Promise.withResolvers<void>();
    const running = await mpv.running(isUrgent);
    if (running.ok) await exited.promise;
    return running;
  };
  for (let count = 0; count < STARTS; count += 1)
    expect(await start(false)).toMatchObject({ ok: true });
  expect(await start(false)).toEqual(exhausted);
  expect(await start(true)).toMatchObject({ ok: true });
  expect(await start(false)).toEqual(exhausted);
  expect(await start(true)).toMatchObject({ ok: true });
});

test('a mpv that dies as it starts says that it is gone', async () => {
  const mpv = createMpvProcess({ ...unheard, mpvPath: 'false', argumentsFor: () => [] });
  onTestFinished(mpv.close);
  const running = await mpv.running();
  if (!running.ok) throw new Error(running.problem.code);
  const problem = { code: 'audioToolFailed', detail: 'closed' };
  expect(await running.value.command('stop')).toEqual({ ok: false, problem });
});

test('two that ask for a mpv at once get the same one', async () => {
  let starts = 0;
  const argumentsFor = () => {
    starts += 1;
    return ['60'];
  };
  const mpv = createMpvProcess({ ...unheard, mpvPath: 'sleep', argumentsFor });
  onTestFinished(mpv.close);
  const [first, second] = await Promise.all([mpv.running(), mpv.running(true)]);
  expect(starts).toBe(1);
  expect(first).toBe(second);
});
