import { expect, onTestFinished, test } from 'vitest';
import { createMpvProcess } from '#player-agent/sound/mpv-process.ts';
import { createLogger } from '#runtime/logger.ts';
import { createFakeClock } from '#tests/support/fake-clock.ts';

const STARTS = 6;
const exhausted = { ok: false, problem: { code: 'audioToolFailed', detail: 'startsExhausted' } };

test('a mpv that dies at each start is given up, but for an emergency, which starts it once more', async () => {
  let exited = Promise.withResolvers<void>();
  const mpv = createMpvProcess({
    clock: createFakeClock(0),
    log: createLogger('test', 'silent'),
    mpvPath: 'false',
    pipeName: 'none',
    argumentsFor: () => [],
    env: process.env,
    onEvent: () => undefined,
    onExit: () => exited.resolve(),
  });
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
