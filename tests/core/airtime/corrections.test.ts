import { describe, expect, test } from 'vitest';
import { foundBy, isBeside, isBesideUnit } from '#core/airtime/corrections.ts';
import { createUnitTree } from '#core/airtime/unit-tree.ts';
import type { HistoryCorrection } from '#schemas/airtime.ts';
import { at, units } from './support/court.ts';
import { commune, id, speakerA, speakerB, villageA, villageB } from './support/ids.ts';

const correction = (change: Partial<HistoryCorrection> = {}): HistoryCorrection => ({
  id: id(61),
  speaker: speakerA,
  unit: villageA,
  belonged: true,
  from: '2026-03-03',
  to: '2026-03-04',
  reason: 'nhập trễ',
  foundMs: at(8, '08:00'),
  ...change,
});
const period = { per: 'day', from: '2026-03-04', to: '2026-03-04' } as const;

describe('a correction of the unit history stands beside', () => {
  test.each([
    { why: 'its speaker and its last day', beside: true },
    { why: 'a week that holds one of its days', from: '2026-02-26', beside: true },
    { why: 'another speaker', speaker: speakerB, beside: false },
    { why: 'the day after it', from: '2026-03-05', to: '2026-03-05', beside: false },
    { why: 'the day before it', from: '2026-03-02', to: '2026-03-02', beside: false },
  ])('the verdict of $why: $beside', ({ speaker = speakerA, beside, from, to }) => {
    const days = { from: from ?? period.from, to: to ?? period.to };
    expect(isBeside({ speaker, period: { ...period, ...days } }, correction())).toBe(beside);
  });

  test.each([
    { why: 'that should have counted the speaker', unit: villageA, beside: true },
    { why: 'above that one', unit: commune, beside: true },
    { why: 'that has nothing to do with it', unit: villageB, beside: false },
    { why: 'that counted the speaker', unit: villageB, counted: [speakerA], beside: true },
    { why: 'of another day', unit: villageA, from: '2026-03-05', beside: false },
  ])('the verdict of a unit $why: $beside', ({ unit, beside, counted = [], from }) => {
    const days = from === undefined ? {} : { from, to: from };
    const speakers = counted.map((speaker) => ({ speaker, verdict: 'met' as const }));
    const verdict = { unit, period: { ...period, ...days }, speakers };
    expect(isBesideUnit(verdict, correction(), createUnitTree(units))).toBe(beside);
  });

  test('the verdict of a unit to which its own unit moved meanwhile', () => {
    const [above, ...below] = units;
    if (above === undefined) throw new Error('no commune');
    const moved = below.map((span) =>
      span.unit === villageA ? { ...span, from: '2026-03-04' } : span,
    );
    const verdict = { unit: commune, period, speakers: [] };
    expect(isBesideUnit(verdict, correction(), createUnitTree([above, ...moved]))).toBe(true);
  });
});

test('of corrections, those found up to the instant are told, by id', () => {
  const [later, first] = [correction({ id: id(62) }), correction()];
  const after = correction({ id: id(60), foundMs: at(8, '08:00') + 1 });
  expect(foundBy([later, after, first], at(8, '08:00'))).toEqual([first, later]);
});
