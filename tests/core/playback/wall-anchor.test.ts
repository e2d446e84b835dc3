import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  anchorFromAnswer,
  chooseAnchor,
  needsClockRecord,
  uncertaintyAt,
  wallAt,
} from '#core/playback/wall-anchor.ts';
import type { Anchor } from '#schemas/records/clock-state.ts';

const anchor = (change: Partial<Anchor> = {}): Anchor => ({
  ...{ posMs: 1_000, wallMs: 1_800_000_000_000, uncertaintyMs: 20, source: 'server' },
  ...change,
});

test('the true time lies within the uncertainty, however the broker delays question and answer', () => {
  const delayMs = fc.integer({ min: 0, max: 30_000 });
  const driftPpm = fc.integer({ min: -100, max: 100 });
  fc.assert(
    fc.property(delayMs, delayMs, driftPpm, (thereMs, backMs, ppm) => {
      const sentPosMs = 5_000;
      const trueAtSend = 1_800_000_000_000;
      const arrivedPosMs = sentPosMs + thereMs + backMs;
      const got = anchorFromAnswer({ sentPosMs, arrivedPosMs, serverMs: trueAtSend + thereMs });
      const laterPosMs = arrivedPosMs + 3_600_000;
      const trueLater = trueAtSend + thereMs + backMs + 3_600_000 * (1 + ppm / 1_000_000);
      const errorMs = Math.abs(wallAt(got, laterPosMs) - trueLater);
      expect(errorMs).toBeLessThanOrEqual(uncertaintyAt(got, laterPosMs));
    }),
  );
});

test('the anchor is within half a millisecond of the middle of the round trip, at any part of one', () => {
  const partMs = fc.double({ min: 0, max: 40, noNaN: true });
  fc.assert(
    fc.property(partMs, partMs, (sentPosMs, tookMs) => {
      const arrivedPosMs = sentPosMs + tookMs;
      const serverMs = 1_800_000_000_000;
      const got = anchorFromAnswer({ sentPosMs, arrivedPosMs, serverMs });
      const middleMs = serverMs + tookMs / 2;
      expect(Math.abs(wallAt(got, arrivedPosMs) - middleMs)).toBeLessThanOrEqual(0.501);
    }),
  );
});

test.each([
  {
    why: 'the first answer is taken',
    current: null,
    next: anchor(),
    taken: true,
  },
  {
    why: 'a less certain answer that agrees is not',
    current: anchor(),
    next: anchor({ posMs: 2_000, wallMs: 1_800_000_001_010, uncertaintyMs: 400 }),
    taken: false,
  },
  {
    why: 'an answer that contradicts is taken: the server is right',
    current: anchor(),
    next: anchor({ posMs: 2_000, wallMs: 1_800_000_099_000, uncertaintyMs: 400 }),
    taken: true,
  },
  {
    why: 'an old anchor has grown uncertain enough to give way',
    current: anchor(),
    next: anchor({ posMs: 10_001_000, wallMs: 1_800_010_000_300, uncertaintyMs: 400 }),
    taken: true,
  },
  {
    why: 'a technician does not overrule the server',
    current: anchor(),
    next: anchor({ source: 'manual', wallMs: 5 }),
    taken: false,
  },
  {
    why: 'the server overrules a technician',
    current: anchor({ source: 'manual' }),
    next: anchor({ uncertaintyMs: 50_000 }),
    taken: true,
  },
])('$why', ({ current, next, taken }) => {
  expect(chooseAnchor(current, next)).toBe(taken ? next : current);
});

test('the log is told of the first anchor and of one that moves the time, not of a confirmation', () => {
  const first = anchor();
  const confirmed = anchor({ posMs: 601_000, wallMs: first.wallMs + 600_030 });
  const moved = anchor({ posMs: 601_000, wallMs: first.wallMs + 600_051 });
  expect(needsClockRecord(null, first)).toBe(true);
  expect(needsClockRecord(first, confirmed)).toBe(false);
  expect(needsClockRecord(first, moved)).toBe(true);
});
