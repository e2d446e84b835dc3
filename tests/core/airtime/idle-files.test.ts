import { describe, expect, test } from 'vitest';
import { idleFindings } from '#core/airtime/idle-files.ts';
import type { AirtimeRule, Excuse } from '#schemas/airtime.ts';
import { at, inputOf, judged, rule } from './support/court.ts';
import { commune, id, otherRuleId, ruleId, speakerA, speakerB } from './support/ids.ts';
import { createLogWriter } from './support/log-writer.ts';

const log = createLogWriter(speakerA).boot(at(-1, '20:00'), 'first').beat(at(7, '01:00')).records;

const excuse = (change: Partial<Excuse> = {}): Excuse => ({
  id: id(51),
  rule: ruleId,
  speaker: speakerA,
  periodFrom: '2026-03-03',
  reason: 'bão',
  acceptedMs: at(3, '08:00'),
  ...change,
});

const said = (rules: readonly AirtimeRule[], excuses: readonly Excuse[] = []) => {
  const input = inputOf(log, { rules, excuses });
  return idleFindings(input, judged(input)).map(({ code, speaker, detail }) => [
    code,
    speaker,
    detail,
  ]);
};

describe('an excuse', () => {
  test.each([
    { why: 'on whose day a period begins', change: {}, found: false },
    { why: 'on whose day no block of its rule begins', change: { periodFrom: '2026-03-04' } },
    { why: 'of a day before the rule', change: { periodFrom: '2026-03-01' } },
    { why: 'for a speaker that the rule does not bind', change: { speaker: speakerB } },
    {
      why: 'of a day that is not judged yet',
      change: { periodFrom: '2026-03-09' },
      found: false,
    },
    {
      why: 'that was accepted at the instant',
      change: { periodFrom: '2026-03-04', acceptedMs: at(8, '00:00') },
    },
    {
      why: 'that was accepted after the instant',
      change: { periodFrom: '2026-03-04', acceptedMs: at(8, '00:01') },
      found: false,
    },
  ])('$why is said to have no effect: $found', ({ change, found = true }) => {
    const blocks = rule({ per: 'everyDays', everyDays: 2, from: '2026-03-03', to: '2026-03-08' });
    const none = [['excuseWithoutPeriod', change.speaker ?? speakerA, 'excuses.1']];
    const met = excuse({ periodFrom: '2026-03-05' });
    expect(said([blocks], [met, excuse(change)])).toEqual(found ? none : []);
  });
});

describe('a rule', () => {
  const other = { id: otherRuleId, unit: commune };

  test('for each unit of a level that does not lie below its own is said to bind nobody', () => {
    const none = [['ruleBindsNobody', null, 'rules.1']];
    expect(said([rule(), rule({ ...other, scope: 'each', level: 'province' })])).toEqual(none);
    expect(said([rule(), rule({ ...other, scope: 'each', level: 'commune' })])).toEqual(none);
    expect(said([rule(), rule({ ...other, scope: 'each', level: 'village' })])).toEqual([]);
  });

  test('of a unit without a speaker is owed all the same', () => {
    expect(said([rule(other)])).toEqual([]);
  });

  test('that is not in force yet is not spoken of', () => {
    const nobody = { ...other, scope: 'each', level: 'province', to: '2026-04-30' } as const;
    expect(said([rule({ ...nobody, from: '2026-03-09' })])).toEqual([]);
    expect(said([rule({ ...nobody, versionFrom: '2026-03-09' })])).toEqual([]);
    expect(said([rule({ ...nobody, from: '2026-03-08' })])).toHaveLength(1);
  });
});
