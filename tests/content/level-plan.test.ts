import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_TARGET } from '#content/ingest-clip.ts';
import {
  correctLevel,
  isWithinTarget,
  type LevelTry,
  nextLevel,
  planLevel,
} from '#content/level-plan.ts';
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

  test('is that of an earlier try where the last one has lost it', () => {
    const tried = [-18, -16.4, -15.3, -16.8].map((loudnessLufs, index) => ({
      plan: { gainDb: index, ceilingDb: -2.1 },
      made: { durationMs: 60_000, loudnessLufs, truePeakDbtp: -2 },
    }));
    expect(nextLevel(tried, DEFAULT_TARGET)).toEqual(tried[1]?.plan);
    const [, good] = tried;
    if (good === undefined) throw new Error('nothing was tried');
    expect(nextLevel([...tried, good], DEFAULT_TARGET)).toBeNull();
    expect(nextLevel([...tried, { ...good, made: source(-20, -2) }], DEFAULT_TARGET)).toBeNull();
  });

  test('is asked for with more gain when it came out too soft, and a lower ceiling for a peak', () => {
    const plan = planLevel(source(-24, -3), DEFAULT_TARGET);
    const made = { durationMs: 60_000, loudnessLufs: -17, truePeakDbtp: -1 };
    const better = correctLevel({ plan, made }, undefined, DEFAULT_TARGET);
    expect(better.gainDb).toBeGreaterThan(plan.gainDb + 1);
    expect(better.ceilingDb).toBeLessThan((plan.ceilingDb ?? 0) - 0.5);
  });

  test('is found in the tries that there are, also where a limiter lets little of a gain through', () => {
    const most = { tries: 4, yields: [1, 0.6, 0.35, 0.25, 0.2] };
    for (const each of most.yields) {
      let plan = planLevel(source(-20, -2), DEFAULT_TARGET);
      let before: LevelTry | undefined;
      const heard = (gainDb: number) => -19 + (gainDb - 3) * each;
      for (let tries = 1; tries < most.tries; tries += 1) {
        const loudnessLufs = Math.round(heard(plan.gainDb) * 10) / 10;
        const last = { plan, made: { durationMs: 60_000, loudnessLufs, truePeakDbtp: -2.5 } };
        plan = correctLevel(last, before, DEFAULT_TARGET);
        before = last;
      }
      expect(Math.abs(heard(plan.gainDb) + 16), `yield ${each}`).toBeLessThan(0.5);
    }
  });
});
