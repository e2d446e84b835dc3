import { describe, expect, test } from 'vitest';
import type { JudgeInput } from '#core/airtime/judge-input.ts';
import type { Id } from '#schemas/primitives.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import { plannedSessionId } from '#schemas/session.ts';
import {
  courtOf,
  isItemAt,
  logOf,
  monday,
  named,
  nothing,
  opened,
  silent,
  thursday,
  tuesday,
  villages,
  wednesday,
  without,
} from './support/commune-court.ts';
import { at, judged, rule, speaker } from './support/court.ts';
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

/** What is judged anew when records of a speaker arrive in a court. */
const arriving = (court: JudgeInput, name: Id, records: readonly LogRecord[]) => {
  const standing = opened(court);
  const result = standing.take(name, { records });
  if (!result.ok) throw new Error(result.problem.code);
  return { anew: result.value, standing };
};

describe('a late record judges anew', () => {
  const whole = logOf(speakerA, [
    [0, '05:00'],
    [1, '05:00'],
  ]);
  const late = whole.filter(isItemAt(at(1, '05:00')));
  const early = courtOf({ a: without(whole, late) });

  test('the day that it touches, of its speaker and its unit, and nothing else', () => {
    const { anew, standing } = arriving(early, speakerA, late);
    expect(named(anew)).toEqual({
      verdicts: [[otherRuleId, tuesday, speakerA]],
      units: [[otherRuleId, tuesday, villageA]],
    });
    expect(anew.verdicts).toMatchObject([{ verdict: 'met' }]);
    expect(standing.judgement()).toEqual(judged(courtOf({ a: whole })));
  });

  test('nothing when it was there already', () => {
    const { anew } = arriving(courtOf({ a: whole }), speakerA, late);
    expect(named(anew)).toEqual(nothing);
  });

  test('nothing when it tells nothing of any day that is judged', () => {
    const { records } = createLogWriter(speakerA)
      .boot(at(-1, '20:00'), 'first')
      .beat(at(1, '00:00'))
      .beat(at(1, '12:00'));
    const { anew } = arriving(courtOf({ a: records.slice(0, -1) }), speakerA, records.slice(-1));
    expect(named(anew)).toEqual(nothing);
  });

  test('every day over which its hole lay', () => {
    const log = createLogWriter(speakerA)
      .boot(at(-1, '20:00'), 'first')
      .beat(at(1, '12:00'))
      .beat(at(2, '12:00'))
      .beat(at(4, '00:00')).records;
    const late = log.slice(3, 4);
    const { anew } = arriving(courtOf({ a: without(log, late) }), speakerA, late);
    expect(named(anew).verdicts).toEqual([
      [otherRuleId, tuesday, speakerA],
      [otherRuleId, wednesday, speakerA],
      [otherRuleId, thursday, speakerA],
    ]);
  });

  test('the days of a session that it moves by dating it', () => {
    const log = createLogWriter(speakerA)
      .bootOnly(at(0, '04:00'), 'first')
      .item({
        session: plannedSessionId(at(0, '05:00')),
        fromMs: at(0, '05:00'),
        toMs: at(0, '06:00'),
      })
      .anchor(at(0, '07:00'))
      .beat(at(1, '00:00')).records;
    const { anew, standing } = arriving(courtOf({ a: log.slice(0, 2) }), speakerA, log.slice(2));
    expect(anew.verdicts[0]).toMatchObject({ period: { from: monday }, verdict: 'met' });
    expect(standing.judgement()).toEqual(judged(courtOf({ a: log })));
  });

  test('what a session lacks when only what it refused arrives', () => {
    const session = plannedSessionId(at(1, '05:00'));
    const log = createLogWriter(speakerA)
      .boot(at(-1, '20:00'), 'first')
      .beat(at(1, '00:00'))
      .refuse(at(1, '05:00'), session)
      .refuse(at(1, '05:10'), session)
      .beat(at(2, '00:00')).records;
    const { anew } = arriving(courtOf({ a: log.slice(0, 4) }), speakerA, log.slice(4, 5));
    expect(named(anew).verdicts).toEqual([[otherRuleId, tuesday, speakerA]]);
    expect(anew.verdicts[0]?.sessions).toMatchObject([{ refusals: [4, 5] }]);
  });

  test('not a day that is planned and still to come, whatever comes of another', () => {
    const planned = [plannedSessionId(at(2, '12:00')), plannedSessionId(at(2, '18:00'))];
    const court = {
      ...early,
      speakers: early.speakers.map((one) => (one.speaker === speakerA ? { ...one, planned } : one)),
    };
    const { anew } = arriving(court, speakerA, late);
    expect(named(anew).verdicts).toEqual([[otherRuleId, tuesday, speakerA]]);
  });

  /** Off from Monday 20:00 to Tuesday 06:00; that it was is known when its fourth record is there. */
  const off = createLogWriter(speakerA)
    .boot(at(-1, '20:00'), 'first')
    .beat(at(0, '20:00'))
    .beat(at(0, '20:30'))
    .boot(at(1, '06:00'), 'powerLoss')
    .item({
      session: plannedSessionId(at(1, '05:30')),
      fromMs: at(1, '06:10'),
      toMs: at(1, '06:40'),
    })
    .beat(at(1, '07:00')).records;
  const whyOff = off.slice(3, 4);
  const offCourt = (...startsMs: readonly number[]) => {
    const court = courtOf({ a: without(off, whyOff) });
    const planned = startsMs.map(plannedSessionId);
    return {
      ...court,
      speakers: court.speakers.map((one) => (one.speaker === speakerA ? { ...one, planned } : one)),
    };
  };

  test('nothing of a session that sounded late after all, when it says why the speaker was off', () => {
    const { anew } = arriving(offCourt(), speakerA, whyOff);
    expect(named(anew).verdicts).toEqual([[otherRuleId, monday, speakerA]]);
  });

  test('a session without a trace beside it, since that one was lost by it', () => {
    const { anew } = arriving(offCourt(at(1, '05:00')), speakerA, whyOff);
    expect(named(anew).verdicts).toEqual([
      [otherRuleId, monday, speakerA],
      [otherRuleId, tuesday, speakerA],
    ]);
    expect(anew.verdicts[1]?.sessions).toMatchObject([
      { reason: 'speakerOff', cause: 'powerLoss' },
      { reason: null },
    ]);
  });

  test('and says what is wrong with the log of its speaker alone', () => {
    const foreign = whole.slice(2, 3).map((record) => ({ ...record, speaker: id(99) }));
    const { anew } = arriving(early, speakerA, foreign);
    expect(anew).toEqual({
      verdicts: [],
      units: [],
      findings: [{ code: 'wrongSpeaker', speaker: speakerA, seq: 3 }],
    });
    const other = opened(courtOf({ a: without(whole, late), b: [...silent.b, ...foreign] }));
    expect(other.take(speakerA, { records: late })).toMatchObject({ value: { findings: [] } });
  });
});

describe('another playlist judges anew', () => {
  test('the day from which a session without a trace is taken', () => {
    const court = courtOf({});
    const planned = [plannedSessionId(at(2, '12:00'))];
    const speakers = court.speakers.map((one) => ({ ...one, planned }));
    const standing = opened({ ...court, speakers });
    const result = standing.take(speakerA, { planned: [] });
    expect(result.ok && named(result.value).verdicts).toEqual([[otherRuleId, wednesday, speakerA]]);
    expect(result.ok && result.value.verdicts[0]?.sessions).toEqual([]);
  });
});

describe('a late record of a speaker that exempts others judges anew', () => {
  const whole = logOf(communeSpeaker, [
    [1, '05:00'],
    [1, '17:00'],
  ]);
  const [morning, evening] = whole.filter(({ kind }) => kind === 'ended');
  if (morning === undefined || evening === undefined) throw new Error('two items');
  const lacking = (...gone: readonly LogRecord[]) => courtOf({ ofWard: without(whole, gone) });

  test('the same day of all that give way to it', () => {
    const { anew, standing } = arriving(lacking(morning, evening), communeSpeaker, [morning]);
    expect(named(anew)).toEqual({
      verdicts: [
        [ruleId, tuesday, communeSpeaker],
        [otherRuleId, tuesday, speakerA],
        [otherRuleId, tuesday, speakerB],
      ],
      units: [
        [ruleId, tuesday, commune],
        [otherRuleId, tuesday, villageA],
        [otherRuleId, tuesday, villageB],
      ],
    });
    expect(anew.verdicts.map(({ verdict }) => verdict)).toEqual(['met', 'exempt', 'exempt']);
    expect(standing.judgement()).toEqual(judged(lacking(evening)));
  });

  test('all that give way to it in the order of their ids, wherever they stand', () => {
    const before = lacking(morning, evening);
    const third = speaker(logOf(id(25), []), id(25), villageA);
    const court = { ...before, speakers: [third, ...before.speakers] };
    const { anew } = arriving(court, communeSpeaker, [morning]);
    expect(anew.verdicts.map((one) => one.speaker)).toEqual([
      communeSpeaker,
      speakerA,
      speakerB,
      id(25),
    ]);
  });

  test('only its own day when what exempts the others was known', () => {
    const { anew } = arriving(lacking(evening), communeSpeaker, [evening]);
    expect(named(anew).verdicts).toEqual([[ruleId, tuesday, communeSpeaker]]);
  });

  test('the others when an earlier session now exempts them', () => {
    const { anew } = arriving(lacking(morning), communeSpeaker, [morning]);
    expect(anew.verdicts.map(({ exemptedBy }) => exemptedBy?.session)).toEqual([
      undefined,
      morning.kind === 'ended' ? morning.session : '',
      morning.kind === 'ended' ? morning.session : '',
    ]);
  });

  test('the others when another speaker of its unit exempts them before it', () => {
    const before = lacking();
    const own = logOf(id(15), [[1, '05:00']]);
    const late = own.filter(isItemAt(at(1, '05:00')));
    const lower = speaker(without(own, late), id(15), commune);
    const court = { ...before, speakers: [...before.speakers, lower] };
    const { anew } = arriving(court, id(15), late);
    expect(anew.verdicts.map((one) => [one.speaker, one.exemptedBy?.speaker])).toEqual([
      [id(15), undefined],
      [speakerA, id(15)],
      [speakerB, id(15)],
    ]);
  });

  test('the others when its log now reaches the day’s end', () => {
    const reached = silent.ofWard.slice(0, 4);
    const { anew } = arriving(
      courtOf({ ofWard: reached.slice(0, 2) }),
      communeSpeaker,
      reached.slice(2),
    );
    expect(anew.verdicts.map((one) => [one.speaker, one.verdict])).toEqual([
      [communeSpeaker, 'tooFew'],
      [speakerA, 'tooFew'],
      [speakerB, 'tooFew'],
    ]);
  });

  test('nobody who does not stand at or below it', () => {
    const rules = [{ ...villages, unlessAired: id(33) }, rule({ id: id(33), to: thursday })];
    const log = logOf(speakerA, [[0, '05:00']]);
    const late = log.filter(isItemAt(at(0, '05:00')));
    const { anew } = arriving(courtOf({ a: without(log, late) }, { rules }), speakerA, late);
    expect(named(anew).verdicts).toEqual([
      [otherRuleId, monday, speakerA],
      [id(33), monday, speakerA],
    ]);
  });

  test('nobody on days on which it stands elsewhere', () => {
    const court = lacking(morning, evening);
    const speakers = court.speakers.map((one) =>
      one.speaker === communeSpeaker
        ? { ...one, stays: [{ unit: commune, from: '2026-01-01', to: monday }] }
        : one,
    );
    const standing = opened({ ...court, speakers });
    const result = standing.take(communeSpeaker, { records: [morning] });
    expect(result.ok && named(result.value)).toEqual(nothing);
  });
});
