import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_TARGET } from '#content/ingest-clip.ts';
import { correctLevel, isWithinTarget, planLevel } from '#content/level-plan.ts';
import type { SourceAudio } from '#content/ports.ts';

const source = (loudnessLufs: number, truePeakDbtp: number): SourceAudio => ({
  durationMs: 60_000,
  loudnessLufs,
  truePeakDbtp,
  mix: 'only',
  sounding: { fromMs: 0, toMs: 60_000 },
  noiseFloorDb: null,
  peaks: [],
});

describe('the level that a recording is brought to', () => {
  test.each([
    { loudnessLufs: -16, truePeakDbtp: -1.6, within: true, why: 'on the spot' },
    { loudnessLufs: -16.4, truePeakDbtp: -3, within: true, why: 'a little too soft' },
    { loudnessLufs: -15.6, truePeakDbtp: -3, within: true, why: 'a little too loud' },
    { loudnessLufs: -16.5, truePeakDbtp: -3, within: false, why: 'half a unit may hide more' },
    { loudnessLufs: -16, truePeakDbtp: -1.5, within: false, why: 'a peak that may be −1.45' },
  ])('$loudnessLufs LUFS, $truePeakDbtp dBTP: $within, $why', ({ within, why: _, ...levels }) => {
    const measured = { durationMs: 60_000, ...levels };
    expect(isWithinTarget(measured, DEFAULT_TARGET)).toBe(within);
  });

  test('needs no limiter exactly when no peak would come near the bound', () => {
    const levels = { lufs: fc.double({ min: -50, max: 0 }), room: fc.double({ min: 0, max: 40 }) };
    fc.assert(
      fc.property(levels.lufs, levels.room, (lufs, room) => {
        if (Number.isNaN(lufs) || Number.isNaN(room)) return;
        const plan = planLevel(source(lufs, lufs + room), DEFAULT_TARGET);
        const peak = lufs + room + plan.gainDb;
        expect(plan.ceilingDb === null).toBe(peak <= DEFAULT_TARGET.maxTruePeakDbtp - 0.6);
      }),
    );
  });

  test('is asked for with more gain when it came out too soft, and a lower ceiling for a peak', () => {
    const plan = planLevel(source(-24, -3), DEFAULT_TARGET);
    const made = { durationMs: 60_000, loudnessLufs: -17, truePeakDbtp: -1 };
    const better = correctLevel(plan, made, DEFAULT_TARGET);
    expect(better.gainDb).toBeGreaterThan(plan.gainDb + 1);
    expect(better.ceilingDb).toBeLessThan((plan.ceilingDb ?? 0) - 0.5);
  });
});
