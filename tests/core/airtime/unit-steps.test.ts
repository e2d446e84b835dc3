import { describe, expect, test } from 'vitest';
import { unitVerdictOf } from '#core/airtime/unit-verdict.ts';
import { createDayTable } from '#runtime/day-table.ts';
import type { VerdictCode } from '#schemas/airtime.ts';
import type { Verdict } from '#schemas/verdict.ts';
import { inputOf, judged, rule, speaker, units, zone } from './support/court.ts';
import { commune, id, ruleId, villageA, villageB } from './support/ids.ts';

const [row] = createDayTable(zone, '2026-03-02', 1);
if (row === undefined) throw new Error('one day');

const verdict = (code: VerdictCode, index: number): Verdict => ({
  rule: ruleId,
  version: 1,
  speaker: id(500 + index),
  period: { per: 'day', from: row.day, to: row.day },
  verdict: code,
  counts: 'campaign',
  owed: 1,
  has: 0,
  late: false,
  shortfall: { occurrences: 1, seconds: 60 * index },
  unknown: null,
  exemptedBy: null,
  excuse: null,
  sessions: [],
});
const unitOf = (codes: readonly VerdictCode[], coverage = { numerator: 1, denominator: 1 }) =>
  unitVerdictOf(
    villageA,
    { rule: rule({ coverage }), rows: [row], maxPerDay: 1 },
    codes.map(verdict),
  );

describe('the verdict of a unit', () => {
  test.each<{ why: string; codes: VerdictCode[]; verdict: string }>([
    { why: 'enough are met', codes: ['met', 'met'], verdict: 'met' },
    {
      why: 'a period that is not over may still bring it',
      codes: ['met', 'pending'],
      verdict: 'pending',
    },
    { why: 'a log may still bring it', codes: ['pending', 'unknown'], verdict: 'unknown' },
    {
      why: 'it was locked before it was known',
      codes: ['unknown', 'unproven'],
      verdict: 'unproven',
    },
    { why: 'the best was too short', codes: ['unproven', 'tooShort', 'met'], verdict: 'tooShort' },
    { why: 'one aired too few', codes: ['tooShort', 'tooFew', 'pending'], verdict: 'tooFew' },
    { why: 'nobody owed it', codes: ['notDue', 'notDue'], verdict: 'notDue' },
    { why: 'all were exempt', codes: ['exempt', 'exempt'], verdict: 'exempt' },
    { why: 'all who owed it were exempt', codes: ['notDue', 'exempt'], verdict: 'exempt' },
    { why: 'all were excused', codes: ['excused', 'excused'], verdict: 'excused' },
    { why: 'exempt and excused are mixed', codes: ['exempt', 'excused'], verdict: 'excused' },
    { why: 'there is nobody', codes: [], verdict: 'noSpeaker' },
    {
      why: 'those who owe nothing do not count',
      codes: ['notDue', 'exempt', 'excused', 'met'],
      verdict: 'met',
    },
  ])('$verdict: $why', ({ codes, verdict: expected }) => {
    expect(unitOf(codes).verdict).toBe(expected);
  });

  test('tells how many were judged, how many were needed and how many met it', () => {
    const codes: VerdictCode[] = ['met', 'excused', 'tooFew', 'met', 'notDue', 'exempt', 'pending'];
    expect(unitOf(codes, { numerator: 3, denominator: 5 })).toMatchObject({
      verdict: 'pending',
      judged: 4,
      required: 3,
      met: 2,
      shortfall: { occurrences: 4, seconds: 60 * (0 + 2 + 3 + 6) },
    });
    expect(unitOf(codes).speakers).toEqual(
      codes.map((code, index) => ({ speaker: id(500 + index), verdict: code })),
    );
  });

  test.each([
    { numerator: 1, denominator: 2, required: 4 },
    { numerator: 2, denominator: 7, required: 2 },
    { numerator: 3, denominator: 7, required: 3 },
    { numerator: 1, denominator: 100, required: 1 },
    { numerator: 99, denominator: 100, required: 7 },
    { numerator: 1, denominator: 1, required: 7 },
  ])('$numerator/$denominator of seven are $required', ({ required, ...coverage }) => {
    const codes = Array.from({ length: 7 }, (): VerdictCode => 'met');
    expect(unitOf(codes, coverage).required).toBe(required);
  });
});

describe('the tree of units', () => {
  const verdictsUnder = (spans: typeof units, unit = villageA) =>
    judged(
      inputOf([], {
        rules: [rule({ unit: commune, scope: 'subtree' })],
        units: spans,
        speakers: [speaker([], id(500), unit)],
      }),
    ).verdicts.map(({ period }) => period.from);

  test('is that of each day: a village that moves owes from the day of its moving on', () => {
    const [top, village] = units;
    if (top === undefined || village === undefined) throw new Error('units');
    const spans = [
      top,
      { ...village, parent: villageB, to: '2026-03-04' },
      { ...village, from: '2026-03-05' },
    ];
    expect(verdictsUnder(spans)).toEqual(['2026-03-05', '2026-03-06', '2026-03-07', '2026-03-08']);
  });

  test('ends where a unit does not exist on that day', () => {
    const spans = units.map((span) => ({ ...span, from: '2026-03-03', to: '2026-03-04' }));
    expect(verdictsUnder(spans)).toEqual(['2026-03-03', '2026-03-04']);
    expect(verdictsUnder(units, id(99))).toEqual([]);
  });

  test('gives each unit of a level below what those at or below it aired, and none above', () => {
    const province = id(9);
    const spans = [
      { unit: province, level: 'province' as const, parent: null, from: '2020-01-01', to: null },
      ...units.map((span) => (span.unit === commune ? { ...span, parent: province } : span)),
    ];
    const unitsUnder = (change: Parameters<typeof rule>[0]) =>
      judged(
        inputOf([], {
          rules: [rule({ scope: 'each', level: 'commune', to: row.day, ...change })],
          units: spans,
          speakers: [
            speaker([], id(500), villageA),
            speaker([], id(501), commune),
            speaker([], id(502), province),
          ],
        }),
      ).units.map(({ unit, judged: count }) => [unit, count]);
    expect(unitsUnder({ unit: province })).toEqual([[commune, 2]]);
    expect(unitsUnder({ unit: province, level: 'village' })).toEqual([
      [villageA, 1],
      [villageB, 0],
    ]);
    expect(unitsUnder({ unit: commune })).toEqual([]);
  });

  /** `depth` units one above the other, the commune on top, the speaker's unit at the bottom. */
  const chain = (depth: number): typeof units =>
    Array.from({ length: depth }, (_, index) => ({
      unit: index === 0 ? commune : id(600 + index),
      level: 'village' as const,
      parent: index === 0 ? null : index === 1 ? commune : id(599 + index),
      from: '2020-01-01',
      to: null,
    }));

  test('is climbed sixteen units high, and a loop in it ends there too', () => {
    expect(verdictsUnder(chain(16), id(615))).toHaveLength(7);
    expect(verdictsUnder(chain(17), id(616))).toHaveLength(0);
    const loop = units.map((span) =>
      span.unit === commune ? { ...span, parent: villageA } : span,
    );
    expect(verdictsUnder(loop)).toHaveLength(7);
    expect(verdictsUnder(loop.filter(({ unit }) => unit !== commune))).toEqual([]);
  });
});
