import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFrameGuard } from '#server/mqtt/frame-guard.ts';

const BOUND = 300;

/** The bytes of a packet whose body has this length. Source: MQTT 3.1.1, 2.2.3. */
const packet = (bodyLength: number): number[] => {
  const length: number[] = [];
  let rest = bodyLength;
  do {
    length.push((rest % 128) | (rest >= 128 ? 0x80 : 0));
    rest = Math.floor(rest / 128);
  } while (rest > 0);
  return [0x30, ...length, ...Array.from({ length: bodyLength }, () => 0xff)];
};

const cut = (bytes: readonly number[], sizes: readonly number[]): Uint8Array[] => {
  const chunks: Uint8Array[] = [];
  let at = 0;
  for (const size of [...sizes, bytes.length]) {
    chunks.push(Uint8Array.from(bytes.slice(at, at + size)));
    at += size;
  }
  return chunks;
};

const bodies = fc.array(fc.integer({ min: 0, max: BOUND }), { maxLength: 8 });
const sizes = fc.array(fc.integer({ min: 1, max: 200 }), { maxLength: 20 });

describe('the guard before the embedded broker', () => {
  it('lets every packet within the bound pass, however it is cut into chunks', () => {
    fc.assert(
      fc.property(bodies, sizes, (lengths, cuts) => {
        const guard = createFrameGuard(BOUND);
        const bytes = lengths.flatMap(packet);
        expect(cut(bytes, cuts).every((chunk) => guard.accepts(chunk))).toBe(true);
      }),
    );
  });

  it('refuses a packet above the bound as soon as its length is known, and all after it', () => {
    fc.assert(
      fc.property(bodies, fc.integer({ min: BOUND + 1, max: 268_435_455 }), (lengths, tooLong) => {
        const guard = createFrameGuard(BOUND);
        const head = packet(0).slice(0, 1);
        const announced = packet(Math.min(tooLong, 100_000)).slice(1, 4);
        expect(guard.accepts(Uint8Array.from(lengths.flatMap(packet)))).toBe(true);
        expect(guard.accepts(Uint8Array.from([...head, ...announced]))).toBe(false);
        expect(guard.accepts(Uint8Array.from(packet(0)))).toBe(false);
      }),
    );
  });

  it('refuses a length of more than four bytes', () => {
    const guard = createFrameGuard(Number.MAX_SAFE_INTEGER);
    expect(guard.accepts(Uint8Array.from([0x30, 0x80, 0x80, 0x80]))).toBe(true);
    expect(guard.accepts(Uint8Array.from([0x80]))).toBe(false);
  });
});
