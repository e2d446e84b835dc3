import { describe, expect, test } from 'vitest';
import { openStanding } from '#core/airtime/standing.ts';
import {
  courtOf,
  days,
  logOf,
  monday,
  named,
  nothing,
  opened,
  silent,
  tuesday,
  wednesday,
} from './support/commune-court.ts';
import { at, judged } from './support/court.ts';
import {
  communeSpeaker,
  id,
  otherRuleId,
  ruleId,
  speakerA,
  speakerB,
  villageA,
  villageB,
} from './support/ids.ts';

describe('what an inspector decides judges anew', () => {
  const excuse = {
    id: id(77),
    rule: otherRuleId,
    speaker: speakerB,
    periodFrom: wednesday,
    reason: 'sửa cột loa',
    acceptedMs: at(4, '00:00'),
  };
  const lock = { week: monday, lockedMs: at(7, '08:00'), heads: [] };

  test('the period that is excused, and no other', () => {
    const standing = opened(courtOf({}));
    expect(named(standing.revise({ excuses: [excuse] }))).toEqual({
      verdicts: [[otherRuleId, wednesday, speakerB]],
      units: [[otherRuleId, wednesday, villageB]],
    });
    expect(named(standing.revise({ excuses: [excuse] }))).toEqual(nothing);
    expect(named(standing.revise({ excuses: [] })).verdicts).toHaveLength(1);
  });

  test('every period of a week that is locked', () => {
    const standing = opened(courtOf({}));
    const anew = named(standing.revise({ locks: [lock] }));
    expect(anew).toEqual(named(standing.judgement()));
    expect(anew.verdicts).toHaveLength(12);
    expect(named(standing.revise({ locks: [lock] }))).toEqual(nothing);
    const heads = [{ speaker: speakerA, seq: 2 }];
    expect(named(standing.revise({ locks: [{ ...lock, heads }] })).verdicts).toEqual(
      days.map((day) => [otherRuleId, day, speakerA]),
    );
  });

  test('with what was decided before still in force', () => {
    const standing = opened(courtOf({}));
    standing.revise({ excuses: [excuse] });
    standing.revise({ locks: [lock] });
    standing.revise({ nowMs: at(9, '00:00') });
    const input = { excuses: [excuse], locks: [lock], nowMs: at(9, '00:00') };
    expect(standing.judgement()).toEqual(judged(courtOf({}, input)));
  });
});

describe('what is judged anew at once', () => {
  test('ascends by rule, period, and speaker or unit, also where their order is not one', () => {
    const court = courtOf({}, { nowMs: at(0, '12:00') });
    const crossed = court.speakers.map((one) => {
      if (one.speaker === communeSpeaker) return one;
      const unit = one.speaker === speakerA ? villageB : villageA;
      return { ...one, stays: one.stays.map((stay) => ({ ...stay, unit })) };
    });
    const standing = opened({ ...court, speakers: crossed });
    const anew = standing.revise({ nowMs: at(9, '00:00') });
    expect(named(anew)).toEqual(named(standing.judgement()));
    expect(anew.units).toEqual(standing.judgement().units);
    expect(anew.verdicts).toEqual(standing.judgement().verdicts);
  });
});

describe('time that passes judges anew', () => {
  test('the days that end, and no other', () => {
    const told = {
      a: silent.a.slice(0, 4),
      b: silent.b.slice(0, 4),
      ofWard: silent.ofWard.slice(0, 4),
    };
    const standing = opened(courtOf(told, { nowMs: at(1, '00:00') }));
    expect(named(standing.revise({ nowMs: at(2, '00:00') - 1 }))).toEqual(nothing);
    expect(named(standing.revise({ nowMs: at(2, '00:00') })).verdicts).toEqual([
      [ruleId, tuesday, communeSpeaker],
      [otherRuleId, tuesday, speakerA],
      [otherRuleId, tuesday, speakerB],
    ]);
  });

  test('what lay after the instant, once it has come', () => {
    const a = logOf(speakerA, [[0, '05:00']]);
    const standing = opened(courtOf({ a }, { nowMs: at(0, '05:29') }));
    expect(standing.judgement().findings).not.toEqual([]);
    const anew = standing.revise({ nowMs: at(0, '05:30') });
    expect(anew.verdicts).toMatchObject([{ speaker: speakerA, verdict: 'met' }]);
    const back = standing.revise({ nowMs: at(0, '05:29') });
    expect(back.verdicts).toMatchObject([{ speaker: speakerA, verdict: 'pending' }]);
  });
});

test('a court whose rules cannot be judged is not opened', () => {
  const court = courtOf({});
  const rules = court.rules.map((one) => ({ ...one, to: '2026-03-01' }));
  expect(openStanding({ ...court, rules })).toMatchObject({
    ok: false,
    problem: { code: 'ruleEndsBeforeStart' },
  });
});
