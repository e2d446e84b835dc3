import { describe, expect, test } from 'vitest';
import { createId, systemClock, systemEntropy, wait } from '#runtime/clock.ts';
import { idSchema } from '#schemas/primitives.ts';

describe('the clock', () => {
  test('a timer fires when its position is reached, not before', async () => {
    const clock = systemClock();
    const at = clock.positionMs() + 20.5;
    await wait(clock, 20.5);
    expect(clock.positionMs()).toBeGreaterThanOrEqual(at - 0.001);
  });

  test('an exact timer fires when its position is reached, not before', async () => {
    const clock = systemClock();
    const at = clock.positionMs() + 10.5;
    await new Promise<void>((resolve) => {
      clock.at(at, resolve, 'exact');
    });
    expect(clock.positionMs()).toBeGreaterThanOrEqual(at);
  });

  test('a timer whose position is past fires all the same', async () => {
    const clock = systemClock();
    await new Promise<void>((resolve) => {
      clock.at(-5, resolve);
    });
    expect(clock.positionMs()).toBeGreaterThan(0);
  });

  test('a cancelled timer stays silent', async () => {
    const clock = systemClock();
    let fired = false;
    clock
      .at(clock.positionMs() + 5, () => {
        fired = true;
      })
      .cancel();
    await wait(clock, 10);
    expect(fired).toBe(false);
  });

  test('ids are UUIDv7 and sort by the instant of their making', () => {
    const clock = { ...systemClock(), wallMs: () => 1_767_393_000_000 };
    const later = { ...clock, wallMs: () => 1_767_393_000_001 };
    const [first, second] = [createId(clock, systemEntropy), createId(later, systemEntropy)];
    expect(idSchema.safeParse(first).success).toBe(true);
    expect(first < second).toBe(true);
  });
});
