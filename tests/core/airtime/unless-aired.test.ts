import { describe, expect, test } from 'vitest';
import { circleIssues } from '#core/airtime/check-files.ts';
import type { JudgedSpeaker, UnitSpan } from '#core/airtime/judge-input.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import type { Id } from '#schemas/primitives.ts';
import { plannedSessionId } from '#schemas/session.ts';
import { at, inputOf, judged, MINUTE, rule, speaker } from './support/court.ts';
import { commune, communeSpeaker, id, otherRuleId, speakerA, villageA } from './support/ids.ts';
import { createLogWriter } from './support/log-writer.ts';

const province = id(9);
const provinceSpeaker = id(18);
const units: readonly UnitSpan[] = [
  { unit: province, level: 'province', parent: null, from: '2020-01-01', to: null },
  { unit: commune, level: 'commune', parent: province, from: '2020-01-01', to: null },
  { unit: villageA, level: 'village', parent: commune, from: '2020-01-01', to: null },
];

/** A speaker that aired for so many minutes at each told start, and whose log is closed or not. */
const told = (
  name: Id,
  unit: Id,
  { starts = [at(0, '05:30')], minutes = 30, closed = true } = {},
): JudgedSpeaker => {
  const writer = createLogWriter(name).boot(at(-1, '20:00'), 'first');
  for (const fromMs of starts) {
    const toMs = fromMs + minutes * MINUTE;
    writer.item({ session: plannedSessionId(fromMs), fromMs, toMs });
  }
  return speaker(closed ? writer.beat(at(3, '00:00')).records : writer.records, name, unit);
};
const silent = { starts: [] };
const group = told(speakerA, villageA, silent);

const days = { from: '2026-03-02', to: '2026-03-03' };
const other = rule({ ...days, unit: province, scope: 'subtree' });
const judgedRule = rule({ ...days, id: otherRuleId, unlessAired: other.id });

/** The verdicts of the group's two days, when besides it these speakers are there. */
const daysOfGroup = (speakers: readonly JudgedSpeaker[], change: Partial<AirtimeRule> = {}) =>
  judged(
    inputOf([], {
      units,
      rules: [{ ...other, ...change }, judgedRule],
      speakers: [...speakers, ...(speakers.some((one) => one.speaker === speakerA) ? [] : [group])],
    }),
  ).verdicts.filter((one) => one.rule === otherRuleId && one.speaker === speakerA);
const monday = (...input: Parameters<typeof daysOfGroup>) => daysOfGroup(...input)[0];

describe('a rule that is owed unless another was aired', () => {
  test('gives way on the days on which it was aired, and on no other', () => {
    const ward = told(communeSpeaker, commune, { starts: [at(1, '05:30')] });
    expect(daysOfGroup([ward]).map(({ verdict }) => verdict)).toEqual(['tooFew', 'exempt']);
  });

  test('names nobody on a day on which it was met by itself', () => {
    const own = told(speakerA, villageA, { starts: [at(0, '17:00')] });
    expect(monday([own, told(communeSpeaker, commune)])).toMatchObject({
      verdict: 'met',
      exemptedBy: null,
    });
  });

  test('names of several the one in the nearest unit', () => {
    const above = told(provinceSpeaker, province);
    const ward = told(communeSpeaker, commune);
    expect(monday([above, ward])?.exemptedBy?.speaker).toBe(communeSpeaker);
    expect(monday([above])?.exemptedBy?.speaker).toBe(provinceSpeaker);
  });

  test('names of several in one unit the one with the lowest id', () => {
    const two = [told(communeSpeaker, commune), told(id(15), commune)];
    expect(monday(two)?.exemptedBy?.speaker).toBe(id(15));
  });

  test('names the first session that qualifies', () => {
    const starts = [at(0, '05:30'), at(0, '17:00')];
    const ward = told(communeSpeaker, commune, { starts });
    const dayparts = [{ from: '12:00', to: '20:00' }];
    expect(monday([ward], { dayparts })?.exemptedBy).toEqual({
      speaker: communeSpeaker,
      session: plannedSessionId(at(0, '17:00')),
    });
    expect(monday([ward])?.exemptedBy?.session).toBe(plannedSessionId(at(0, '05:30')));
  });

  test('gives way to a neighbour in its own unit too', () => {
    expect(monday([told(id(15), villageA)])?.verdict).toBe('exempt');
  });

  test('is not freed by a speaker that the other rule does not bind', () => {
    const ward = told(communeSpeaker, commune);
    expect(monday([ward], { scope: 'own' })?.verdict).toBe('tooFew');
    const above = told(provinceSpeaker, province);
    expect(monday([above], { scope: 'each', level: 'commune' })?.verdict).toBe('tooFew');
    expect(monday([ward], { scope: 'each', level: 'commune' })?.verdict).toBe('exempt');
  });

  test('is not freed by a speaker that stood elsewhere on that day', () => {
    const ward = told(communeSpeaker, commune);
    const came = [{ unit: commune, from: '2026-03-03', to: null }];
    expect(monday([{ ...ward, stays: came }])?.verdict).toBe('tooFew');
    const left = [
      { unit: commune, from: '2026-01-01', to: '2026-03-02' },
      { unit: villageA, from: '2026-03-03', to: null },
      { unit: commune, from: '2026-03-09', to: null },
    ];
    expect(monday([{ ...ward, stays: left }])).toMatchObject({
      verdict: 'exempt',
      exemptedBy: { speaker: communeSpeaker },
    });
  });

  test('is open only while one that could free it may still have aired', () => {
    const reached = told(communeSpeaker, commune, silent);
    const unreached = told(id(15), commune, { starts: [], closed: false });
    expect(monday([reached, unreached])).toMatchObject({
      verdict: 'unknown',
      unknown: 'exempterMissing',
      exemptedBy: null,
    });
    expect(monday([reached])?.verdict).toBe('tooFew');
    const open = told(communeSpeaker, commune, { closed: false });
    expect(monday([open, unreached])?.verdict).toBe('exempt');
  });

  test('says of itself that its log is missing before it says that of others', () => {
    const own = told(speakerA, villageA, { starts: [], closed: false });
    const ward = told(communeSpeaker, commune, { starts: [], closed: false });
    expect(monday([ward, own])).toMatchObject({ verdict: 'unknown', unknown: 'logMissing' });
  });

  test('is owed on days on which the other rule is not in force', () => {
    const ward = told(communeSpeaker, commune, { starts: [at(0, '05:30'), at(1, '05:30')] });
    const codes = (change: Partial<AirtimeRule>) =>
      daysOfGroup([ward], change).map(({ verdict }) => verdict);
    expect(codes({ to: '2026-03-02' })).toEqual(['exempt', 'tooFew']);
    expect(codes({ from: '2026-03-03' })).toEqual(['tooFew', 'exempt']);
    expect(codes({ versionFrom: '2026-03-03' })).toEqual(['tooFew', 'exempt']);
  });

  test('a session too short for the other rule frees nobody', () => {
    const ward = told(communeSpeaker, commune, { minutes: 29 });
    expect(monday([ward])?.verdict).toBe('tooFew');
  });

  test('is not freed by the one it names when it names none', () => {
    const ward = told(communeSpeaker, commune);
    const rules = [other, { ...judgedRule, unlessAired: null }];
    const { verdicts } = judged(inputOf([], { units, rules, speakers: [ward, group] }));
    const own = verdicts.filter((one) => one.rule === otherRuleId);
    expect(own.map(({ verdict }) => verdict)).toEqual(['tooFew', 'tooFew']);
  });
});

describe('rules that exempt one another', () => {
  const one = rule({ id: id(31), unlessAired: id(32) });
  const two = rule({ id: id(32), unlessAired: id(31) });
  const free = { unlessAired: null, version: 2, versionFrom: '2026-03-05' } as const;

  test.each([
    { why: 'on the same days', rules: [one, two], found: [0, 1] },
    {
      why: 'of which one is over first',
      rules: [{ ...one, to: '2026-03-04' }, two],
      found: [0, 1],
    },
    {
      why: 'one after the other',
      rules: [
        { ...one, to: '2026-03-04' },
        { ...two, from: '2026-03-05' },
      ],
      found: [],
    },
    {
      why: 'by versions that relieve each other',
      rules: [
        one,
        { ...one, ...free },
        { ...two, unlessAired: null },
        { ...two, ...free, unlessAired: one.id },
      ],
      found: [],
    },
  ])('$why: a circle is one on some day only', ({ rules, found }) => {
    expect(circleIssues(rules)).toEqual(
      found.map((index) => ({ path: `rules.${index}.unlessAired`, issue: 'ruleCycle' })),
    );
  });
});
