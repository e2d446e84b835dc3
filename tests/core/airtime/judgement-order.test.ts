import { describe, expect, test } from 'vitest';
import { plannedSessionId } from '#schemas/session.ts';
import { at, inputOf, judged, MINUTE, rule, speaker, units } from './support/court.ts';
import {
  commune,
  communeSpeaker,
  id,
  otherRuleId,
  ruleId,
  speakerA,
  speakerB,
  villageA,
  villageB,
} from './support/ids.ts';
import { createLogWriter } from './support/log-writer.ts';

const halfHourAt = (name: string, fromMs: number) =>
  createLogWriter(name)
    .boot(at(-1, '20:00'), 'first')
    .item({ session: plannedSessionId(fromMs), fromMs, toMs: fromMs + 30 * MINUTE })
    .beat(at(8, '00:00')).records;
const twoDays = { unit: commune, scope: 'each' as const, level: 'village' as const };
const rules = [
  rule({ ...twoDays, id: otherRuleId, to: '2026-03-03', minMinutes: null, counts: 'session' }),
  rule({ ...twoDays, to: '2026-03-03', version: 2 }),
];
const speakers = [
  speaker(halfHourAt(speakerB, at(0, '05:00')), speakerB, villageB),
  speaker(halfHourAt(id(19), at(1, '05:00')), id(19), villageB),
  speaker(halfHourAt(speakerA, at(0, '05:00')), speakerA, villageA),
];

describe('a judgement', () => {
  test('ascends by rule, period and speaker, in whatever order things are told', () => {
    const verdicts = judged(inputOf([], { rules, speakers })).verdicts;
    const told = verdicts.map((one) => [one.rule, one.period.from, one.speaker, one.verdict]);
    const monday = '2026-03-02';
    const tuesday = '2026-03-03';
    expect(told).toEqual([
      [ruleId, monday, id(19), 'tooFew'],
      [ruleId, monday, speakerA, 'met'],
      [ruleId, monday, speakerB, 'met'],
      [ruleId, tuesday, id(19), 'met'],
      [ruleId, tuesday, speakerA, 'tooFew'],
      [ruleId, tuesday, speakerB, 'tooFew'],
      [otherRuleId, monday, id(19), 'tooFew'],
      [otherRuleId, monday, speakerA, 'met'],
      [otherRuleId, monday, speakerB, 'met'],
      [otherRuleId, tuesday, id(19), 'met'],
      [otherRuleId, tuesday, speakerA, 'tooFew'],
      [otherRuleId, tuesday, speakerB, 'tooFew'],
    ]);
  });

  test('is the same value when rules, units and speakers are told the other way round', () => {
    const input = inputOf([], { rules, speakers });
    const turned = {
      ...input,
      rules: rules.toReversed(),
      speakers: speakers.toReversed(),
      units: input.units.toReversed(),
    };
    expect(judged(turned)).toEqual(judged(input));
  });

  test('names rule, version, unit and what counts, of speakers and of units', () => {
    const { verdicts, units } = judged(inputOf([], { rules, speakers }));
    const [first] = verdicts;
    expect(first).toMatchObject({ rule: ruleId, version: 2, counts: 'campaign', excuse: null });
    expect(first).toMatchObject({ exemptedBy: null, late: false, unknown: null });
    expect(units.map(({ unit }) => unit)).toEqual([0, 1, 2, 3].flatMap(() => [villageA, villageB]));
    expect(units[1]).toEqual({
      rule: ruleId,
      version: 2,
      unit: villageB,
      period: { per: 'day', from: '2026-03-02', to: '2026-03-02' },
      verdict: 'tooFew',
      counts: 'campaign',
      judged: 2,
      required: 2,
      met: 1,
      shortfall: { occurrences: 1, seconds: 1800 },
      speakers: [
        { speaker: id(19), verdict: 'tooFew' },
        { speaker: speakerB, verdict: 'met' },
      ],
    });
    expect(units.at(-1)).toMatchObject({ rule: otherRuleId, version: 1, counts: 'session' });
  });

  test('reports what is wrong with the logs by speaker and number', () => {
    const forged = (name: string) => {
      const log = halfHourAt(name, at(0, '05:00'));
      const own = log.filter(({ seq }) => seq < 4);
      return speaker(
        [...log, ...own.slice(1, 2).map((one) => ({ ...one, speaker: id(99) }))],
        name,
        villageA,
      );
    };
    const input = inputOf([], { rules, speakers: [forged(speakerB), forged(speakerA)] });
    expect(judged({ ...input, nowMs: at(8, '00:00') - 1 }).findings).toEqual([
      { code: 'wrongSpeaker', speaker: speakerA, seq: 2 },
      { code: 'recordAfterInstant', speaker: speakerA, seq: 4 },
      { code: 'wrongSpeaker', speaker: speakerB, seq: 2 },
      { code: 'recordAfterInstant', speaker: speakerB, seq: 4 },
    ]);
  });

  test('has no verdict of a speaker that the rule never binds', () => {
    const strangers = [speaker([], communeSpeaker, commune), { ...speaker([]), stays: [] }];
    const { verdicts, units } = judged(inputOf([], { rules, speakers: strangers }));
    expect(verdicts).toEqual([]);
    expect(new Set(units.map(({ verdict }) => verdict))).toEqual(new Set(['noSpeaker']));
  });
});

test('a batch reads each log once, also that of a speaker on which others depend', () => {
  const reads = new Map<string, number>();
  const ward = {
    ...speaker(halfHourAt(communeSpeaker, at(1, '05:00')), communeSpeaker, commune),
    stays: [{ unit: commune, from: '2026-03-03', to: null }],
  };
  const counted = [ward, ...speakers].map((one) => ({
    ...one,
    get log() {
      reads.set(one.speaker, (reads.get(one.speaker) ?? 0) + 1);
      return one.log;
    },
  }));
  const days = { to: '2026-03-03' };
  const used = [
    rule({ ...days, id: id(33), unit: commune }),
    rule({ ...days, id: id(34), unit: villageA, unlessAired: id(33) }),
    rule({ ...days, id: id(35), unit: villageB }),
    rule({ ...days, id: id(36), unit: villageB, unlessAired: id(35) }),
  ];
  const { verdicts } = judged(inputOf([], { rules: used, speakers: counted }));
  expect(verdicts.filter(({ exemptedBy }) => exemptedBy?.speaker === communeSpeaker)).toHaveLength(
    1,
  );
  expect([...reads.values()]).toEqual([1, 1, 1, 1]);
});

describe('a speaker that moves within a period', () => {
  const moved = {
    ...speaker(halfHourAt(speakerA, at(5, '05:00'))),
    stays: [
      { unit: villageA, from: '2026-01-01', to: '2026-03-04' },
      { unit: villageB, from: '2026-03-06', to: null },
    ],
  };
  const weekly = (change: Parameters<typeof rule>[0]) =>
    judged(
      inputOf([], {
        rules: [rule({ per: 'week', minOccurrences: 7, ...change })],
        speakers: [moved],
      }),
    );

  test('is judged once, in the unit in which it stood last, for the days of both', () => {
    const { verdicts, units } = weekly(twoDays);
    expect(verdicts).toMatchObject([{ owed: 6, has: 1 }]);
    expect(units).toMatchObject([
      { unit: villageA, judged: 0, verdict: 'noSpeaker' },
      { unit: villageB, judged: 1, verdict: 'tooFew' },
    ]);
  });

  test('counts for a unit that ended within the period, which stands in its order', () => {
    const spans = units.map((span) =>
      span.unit === villageA ? { ...span, to: '2026-03-04' } : span,
    );
    const change = { ...twoDays, per: 'week' as const, minOccurrences: 7 };
    const input = inputOf([], { rules: [rule(change)], units: spans, speakers });
    expect(judged(input).units).toMatchObject([
      { unit: villageA, judged: 1, speakers: [{ speaker: speakerA }] },
      { unit: villageB, judged: 2 },
    ]);
  });

  test('owes the rule of one unit only on the days on which it stood there', () => {
    expect(weekly({}).verdicts).toMatchObject([{ owed: 3, has: 0, shortfall: { occurrences: 3 } }]);
    expect(weekly({ unit: villageB }).verdicts).toMatchObject([{ owed: 3, has: 1 }]);
  });
});
