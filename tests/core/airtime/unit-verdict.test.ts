import { describe, expect, test } from 'vitest';
import type { JudgedSpeaker } from '#core/airtime/judge-input.ts';
import { createDayTable } from '#runtime/day-table.ts';
import { airtimeRuleSchema } from '#schemas/airtime.ts';
import { plannedSessionId } from '#schemas/session.ts';
import { at, inputOf, judged, MINUTE, rule, speaker, units, zone } from './support/court.ts';
import {
  commune,
  communeSpeaker,
  id,
  otherRuleId,
  speakerA,
  speakerB,
  villageA,
  villageB,
} from './support/ids.ts';
import { createLogWriter } from './support/log-writer.ts';

type Told = 'met' | 'tooShort' | 'tooFew' | 'unknown';
const minutesOf: Record<Told, number> = { met: 30, tooShort: 10, tooFew: 0, unknown: 0 };

/** A speaker whose Monday is as told. */
const told = (name: string, unit: string, verdict: Told): JudgedSpeaker => {
  const writer = createLogWriter(name).boot(at(-1, '20:00'), 'first');
  const fromMs = at(0, '05:30');
  const toMs = fromMs + minutesOf[verdict] * MINUTE;
  if (toMs > fromMs) writer.item({ session: plannedSessionId(fromMs), fromMs, toMs });
  if (verdict !== 'unknown') writer.beat(at(1, '00:00'));
  return speaker(writer.records, name, unit);
};

const mondayOnly = { from: '2026-03-02', to: '2026-03-02' };
const unitsOf = (speakers: readonly JudgedSpeaker[], change: Parameters<typeof rule>[0] = {}) =>
  judged(inputOf([], { rules: [rule({ ...mondayOnly, ...change })], speakers })).units;

test('a fraction of many parts is exact, and none may have more than that stays so', () => {
  const speakers = [told(speakerA, villageA, 'met'), told(id(25), villageA, 'met')];
  const parts = (numerator: number) => ({ coverage: { numerator, denominator: 1_000_000 } });
  const requiredAt = (numerator: number) => unitsOf(speakers, parts(numerator))[0]?.required;
  expect([1, 500_000, 500_001, 1_000_000].map(requiredAt)).toEqual([1, 1, 2, 2]);
  expect(airtimeRuleSchema.safeParse(rule(parts(1_000_000))).success).toBe(true);
  expect(airtimeRuleSchema.safeParse(rule(parts(1_000_001))).success).toBe(false);
});

describe('coverage', () => {
  const half = { numerator: 1, denominator: 2 };
  test.each<{ why: string; days: Told[]; coverage?: typeof half; verdict: string }>([
    { why: 'all by default', days: ['met', 'met'], verdict: 'met' },
    { why: 'one that is short spoils all', days: ['met', 'tooShort'], verdict: 'tooShort' },
    { why: 'one that is missing is too few', days: ['met', 'tooFew'], verdict: 'tooFew' },
    { why: 'an unknown one leaves it unknown', days: ['met', 'unknown'], verdict: 'unknown' },
    {
      why: 'half of three is two',
      days: ['met', 'tooFew', 'tooFew'],
      coverage: half,
      verdict: 'tooFew',
    },
    {
      why: 'two of three are enough',
      days: ['met', 'met', 'tooFew'],
      coverage: half,
      verdict: 'met',
    },
    {
      why: 'what is unknown is added before what is short',
      days: ['met', 'unknown', 'tooShort'],
      coverage: half,
      verdict: 'unknown',
    },
  ])('$why', ({ days, coverage = { numerator: 1, denominator: 1 }, verdict }) => {
    const speakers = days.map((day, index) => told(id(500 + index), villageA, day));
    expect(unitsOf(speakers, { coverage })).toMatchObject([{ unit: villageA, verdict }]);
  });

  test('a third of three is exactly one, not two by a rounding error', () => {
    const speakers = ['met', 'tooFew', 'tooFew'].map((day, index) =>
      told(id(500 + index), villageA, day === 'met' ? 'met' : 'tooFew'),
    );
    const coverage = { numerator: 1, denominator: 3 };
    expect(unitsOf(speakers, { coverage })).toMatchObject([{ required: 1, verdict: 'met' }]);
  });

  test('the shortfall of a unit is the sum of those of its speakers', () => {
    const speakers = [told(id(500), villageA, 'tooShort'), told(id(501), villageA, 'tooFew')];
    expect(unitsOf(speakers)[0]?.shortfall).toEqual({ occurrences: 2, seconds: 1200 + 1800 });
  });

  test('a unit without a speaker says so', () => {
    expect(unitsOf([])).toMatchObject([{ unit: villageA, verdict: 'noSpeaker' }]);
  });
});

describe('scope', () => {
  const speakers = [
    told(communeSpeaker, commune, 'met'),
    told(speakerA, villageA, 'met'),
    told(speakerB, villageB, 'tooFew'),
  ];
  test.each([
    {
      why: 'own: the commune owes it by its own speakers alone',
      change: { unit: commune, scope: 'own' as const },
      expected: [{ unit: commune, verdict: 'met', judged: 1 }],
    },
    {
      why: 'subtree: all at or below it are one',
      change: { unit: commune, scope: 'subtree' as const },
      expected: [{ unit: commune, verdict: 'tooFew', judged: 3 }],
    },
    {
      why: 'each: every village owes it for itself, the commune does not',
      change: { unit: commune, scope: 'each' as const, level: 'village' as const },
      expected: [
        { unit: villageA, verdict: 'met', judged: 1 },
        { unit: villageB, verdict: 'tooFew', judged: 1 },
      ],
    },
  ])('$why', ({ change, expected }) => {
    expect(unitsOf(speakers, change)).toMatchObject(expected);
  });

  test('a speaker that moved is judged in the unit of its own day', () => {
    const moved = {
      ...told(speakerA, villageA, 'met'),
      stays: [
        { unit: villageA, from: '2026-01-01', to: '2026-03-02' },
        { unit: villageB, from: '2026-03-03', to: null },
      ],
    };
    const rules = [rule({ unit: villageB, to: '2026-03-03' })];
    const { verdicts } = judged(inputOf([], { rules, speakers: [moved] }));
    expect(verdicts.map(({ period }) => period.from)).toEqual(['2026-03-03']);
  });

  test('a unit that did not exist yet owes nothing', () => {
    const young = units.map((span) =>
      span.unit === villageA ? { ...span, from: '2026-03-03' } : span,
    );
    const input = inputOf([], { rules: [rule(mondayOnly)], units: young });
    expect(judged(input)).toMatchObject({ units: [], verdicts: [] });
  });
});

describe('unless the ward broadcast', () => {
  const ward = rule({ ...mondayOnly, unit: commune, minMinutes: null });
  const group = rule({
    ...mondayOnly,
    id: otherRuleId,
    unit: commune,
    scope: 'each',
    level: 'village',
    unlessAired: ward.id,
  });
  const verdictOfGroup = (wardDay: Told, groupDay: Told, wardRule = ward) => {
    const speakers = [told(communeSpeaker, commune, wardDay), told(speakerA, villageA, groupDay)];
    const { verdicts } = judged(inputOf([], { rules: [wardRule, group], speakers }));
    return verdicts.find((one) => one.rule === otherRuleId);
  };

  test('a day on which the ward aired is exempt, and names what exempts it', () => {
    expect(verdictOfGroup('met', 'tooFew')).toMatchObject({
      verdict: 'exempt',
      exemptedBy: { speaker: communeSpeaker, session: plannedSessionId(at(0, '05:30')) },
      shortfall: { occurrences: 0, seconds: 0 },
    });
  });

  test('a day on which it did not is owed', () => {
    expect(verdictOfGroup('tooFew', 'tooFew')?.verdict).toBe('tooFew');
  });

  test('what the group aired itself is met, not exempt', () => {
    expect(verdictOfGroup('met', 'met')?.verdict).toBe('met');
  });

  test('while the log of the ward does not reach the day is unknown, not missed', () => {
    expect(verdictOfGroup('unknown', 'tooFew')).toMatchObject({
      verdict: 'unknown',
      unknown: 'exempterMissing',
    });
  });

  test('what does not qualify under the rule of the ward exempts nobody', () => {
    const longer = { ...ward, minMinutes: 45 };
    expect(verdictOfGroup('met', 'tooFew', longer)?.verdict).toBe('tooFew');
  });

  test('it exempts also on a weekday on which the ward owed nothing', () => {
    const tuesdays = { ...ward, weekdays: [2] };
    expect(verdictOfGroup('met', 'tooFew', tuesdays)?.verdict).toBe('exempt');
  });

  test('it exempts also when it is owed by the week and the week is not whole in the table', () => {
    const byWeek = { ...ward, per: 'week' as const, to: '2026-03-31', minOccurrences: 3 };
    const table = createDayTable(zone, '2026-03-02', 1);
    const speakers = [told(communeSpeaker, commune, 'met'), told(speakerA, villageA, 'tooFew')];
    const { verdicts } = judged(inputOf([], { rules: [byWeek, group], speakers, table }));
    expect(verdicts.map(({ rule: id, verdict }) => [id, verdict])).toEqual([
      [otherRuleId, 'exempt'],
    ]);
  });

  test('another village does not exempt', () => {
    const each = { ...ward, scope: 'subtree' as const };
    const speakers = [told(speakerA, villageA, 'tooFew'), told(speakerB, villageB, 'met')];
    const { verdicts } = judged(inputOf([], { rules: [each, group], speakers }));
    expect(
      verdicts.find((one) => one.rule === otherRuleId && one.speaker === speakerA)?.verdict,
    ).toBe('tooFew');
  });

  test('a unit whose speakers are all exempt is exempt', () => {
    const speakers = [told(communeSpeaker, commune, 'met'), told(speakerA, villageA, 'tooFew')];
    const found = judged(inputOf([], { rules: [ward, group], speakers })).units;
    expect(found.filter((one) => one.rule === otherRuleId)).toMatchObject([
      { unit: villageA, verdict: 'exempt', judged: 0 },
      { unit: villageB, verdict: 'noSpeaker' },
    ]);
  });
});
