import { systemEntropy } from '#runtime/clock.ts';
import type { PlannedSlot } from '#tests/support/evidence.ts';

/** Where in a clip the agent may be killed, as parts of its length. */
const EARLIEST = 0.25;
const SPAN = 0.5;

/** Two numbers in `[0, 1)` that follow from the seed. Source: mulberry32. */
const drawTwo = (seed: number): readonly [number, number] => {
  let state = seed >>> 0;
  const draw = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return [draw(), draw()];
};

/** When to kill: an instant in epoch milliseconds, in the middle of a slot's clip. */
export interface KillInstant {
  readonly seed: number;
  readonly slot: PlannedSlot;
  readonly atMs: number;
}

/**
 * An instant in the middle of one of the clips, both drawn from `TIENG_LANG_TEST_SEED` or, without
 * it, from any seed.
 */
export const drawKill = (slots: readonly PlannedSlot[]): KillInstant => {
  const given = process.env.TIENG_LANG_TEST_SEED;
  const any = Buffer.from(systemEntropy.bytes(4)).readUInt32LE();
  const seed = given === undefined || given === '' ? any : Number(given);
  const [which, where] = drawTwo(seed);
  const slot = slots[Math.floor(which * slots.length)];
  if (slot === undefined) throw new Error('nothing is planned');
  const atMs = Math.round(slot.atMs + slot.durationMs * (EARLIEST + SPAN * where));
  return { seed, slot, atMs };
};
