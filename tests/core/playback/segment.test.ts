import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Interlocks, slotRefusal } from '#core/playback/interlocks.ts';
import { LOAD_LEAD_MS, nextSegment, sessionEndMs } from '#core/playback/segment.ts';
import type { Session, Slot } from '#schemas/playlist.ts';

const CLIP = 'c'.repeat(64);
const HOUR = 3_600_000;
const START = 100 * HOUR;

const slotAt = (offsetMs: number, durationMs: number, change: Partial<Slot> = {}): Slot => ({
  ...{ offsetMs, durationMs, kind: 'clip', bulletin: null, campaigns: [], role: 'ident' },
  ...{ clip: { sha256: CLIP, bytes: 1, durationMs }, priority: 'normal' },
  ...{ validFromMs: 0, expiresMs: Number.MAX_SAFE_INTEGER },
  ...change,
});

const arbitrarySession: fc.Arbitrary<Session> = fc
  .array(
    fc.record({
      durationMs: fc.integer({ min: 2_000, max: 900_000 }),
      gapMs: fc.constantFrom(0, 0, 0, 30_000, 90_000),
      isThere: fc.boolean(),
      expires: fc.constantFrom(Number.MAX_SAFE_INTEGER, START + 600_000),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((items) => {
    let offsetMs = 0;
    const slots = items.map(({ durationMs, gapMs, isThere, expires }) => {
      const clip = { sha256: isThere ? CLIP : 'd'.repeat(64), bytes: 1, durationMs };
      const slot = slotAt(offsetMs, durationMs, { clip, expiresMs: expires });
      offsetMs += durationMs + gapMs;
      return slot;
    });
    const rest = { latestStartMin: 60, drill: false, priority: 'normal', volume: null } as const;
    return { id: `p-${START}`, startMs: START, ...rest, slots };
  });

const arbitraryLocks: fc.Arbitrary<Interlocks> = fc
  .record({
    quietFrom: fc.integer({ min: -HOUR, max: 2 * HOUR }),
    quietFor: fc.integer({ min: 0, max: 2 * HOUR }),
    maxContinuousMs: fc.integer({ min: 60_000, max: 2 * HOUR }),
    uncertaintyMs: fc.integer({ min: 0, max: 60_000 }),
  })
  .map(({ quietFrom, quietFor, maxContinuousMs, uncertaintyMs }) => ({
    quiet:
      quietFor === 0 ? [] : [{ fromMs: START + quietFrom, toMs: START + quietFrom + quietFor }],
    withdrawn: new Set<string>(),
    hasClip: (sha256: string) => sha256 === CLIP,
    maxContinuousMs,
    uncertaintyMs,
  }));

/** Everything that would sound if nobody interfered, item by item, over the whole session. */
const playOut = (session: Session, locks: Interlocks, firstNowMs: number) => {
  const sounds: { slot: Slot; fromMs: number; toMs: number; skipMs: number }[] = [];
  let nowMs = firstNowMs;
  let fromOffsetMs = 0;
  for (let rounds = 0; rounds < 50; rounds += 1) {
    const before = sounds.at(-1);
    const continuous = before === undefined ? null : { fromMs: before.fromMs, toMs: before.toMs };
    const { segment } = nextSegment({
      session,
      startMs: START,
      nowMs,
      fromOffsetMs,
      continuous,
      locks,
    });
    if (segment === null) return sounds;
    let at = segment.startMs;
    for (const [index, slot] of segment.items.entries()) {
      const skipMs = index === 0 ? segment.skipMs : 0;
      sounds.push({ slot, fromMs: at, toMs: at + slot.durationMs - skipMs, skipMs });
      at += slot.durationMs - skipMs;
      fromOffsetMs = slot.offsetMs + 1;
    }
    nowMs = at;
  }
  throw new Error('a session without an end');
};

const nowIn = fc.integer({ min: -HOUR, max: 3 * HOUR }).map((ms) => START + ms);

test('nothing sounds of which any possible time is forbidden', () => {
  fc.assert(
    fc.property(arbitrarySession, arbitraryLocks, nowIn, (session, locks, nowMs) => {
      for (const { slot, fromMs, toMs } of playOut(session, locks, nowMs)) {
        const alone = { ...locks, maxContinuousMs: Number.POSITIVE_INFINITY };
        expect(slotRefusal(slot, { sound: { fromMs, toMs }, before: null }, alone)).toBeNull();
      }
    }),
    { numRuns: 300 },
  );
});

test('items sound in order, never two at a time, and never before they can be loaded', () => {
  fc.assert(
    fc.property(arbitrarySession, arbitraryLocks, nowIn, (session, locks, nowMs) => {
      const sounds = playOut(session, locks, nowMs);
      const first = sounds[0];
      if (first !== undefined) expect(first.fromMs).toBeGreaterThanOrEqual(nowMs + LOAD_LEAD_MS);
      for (const [index, sound] of sounds.entries()) {
        const before = sounds[index - 1];
        if (before === undefined) continue;
        expect(sound.fromMs).toBeGreaterThanOrEqual(before.toMs);
        expect(sound.slot.offsetMs).toBeGreaterThan(before.slot.offsetMs);
      }
    }),
    { numRuns: 300 },
  );
});

test('a joined item goes on where the session’s own time line is', () => {
  fc.assert(
    fc.property(arbitrarySession, nowIn, (session, nowMs) => {
      const locks: Interlocks = {
        ...{ quiet: [], withdrawn: new Set<string>(), hasClip: () => true },
        ...{ maxContinuousMs: Number.POSITIVE_INFINITY, uncertaintyMs: 0 },
      };
      const input = { session, startMs: START, nowMs, fromOffsetMs: 0, continuous: null, locks };
      const { segment } = nextSegment(input);
      const first = segment?.items[0];
      if (segment === null || first === undefined || segment.skipMs === 0) return;
      expect(segment.startMs - segment.skipMs).toBe(START + first.offsetMs);
    }),
  );
});

test('a session that nothing forbids sounds whole and at its planned instants', () => {
  fc.assert(
    fc.property(arbitrarySession, (session) => {
      const locks: Interlocks = {
        ...{ quiet: [], withdrawn: new Set<string>(), hasClip: () => true },
        ...{ maxContinuousMs: Number.POSITIVE_INFINITY, uncertaintyMs: 0 },
      };
      const always = { expiresMs: Number.MAX_SAFE_INTEGER };
      const slots = session.slots.map((slot) => ({ ...slot, ...always }));
      const sounds = playOut({ ...session, slots }, locks, START - 30_000);
      expect(sounds.map(({ fromMs, skipMs }) => [fromMs, skipMs])).toEqual(
        slots.map(({ offsetMs }) => [START + offsetMs, 0]),
      );
      expect(sounds.at(-1)?.toMs).toBe(sessionEndMs(session, START));
    }),
  );
});
