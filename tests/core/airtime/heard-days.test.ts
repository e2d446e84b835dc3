import { describe, expect, test } from 'vitest';
import {
  extendSpeakerLog,
  occurrencesOn,
  readSpeakerLog,
  type SpeakerLog,
  speakerLogUpTo,
} from '#core/airtime/speaker-log.ts';
import { createDayTable } from '#runtime/day-table.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import { plannedSessionId } from '#schemas/session.ts';
import { at, MINUTE, rule, speaker, zone } from './support/court.ts';
import { speakerA } from './support/ids.ts';
import { createLogWriter } from './support/log-writer.ts';

const nowMs = at(8, '00:00');
const table = createDayTable(zone, '2026-03-02', 4);
const [monday, tuesday, wednesday, thursday] = table.map(({ day }) => day);
const itemAt = (fromMs: number) => ({
  session: plannedSessionId(fromMs),
  fromMs,
  toMs: fromMs + 30 * MINUTE,
});

/** Sunday to Friday at 05:00 but for Wednesday, each in a boot of its own. */
const times = [-1, 0, 1, 3, 4].map((day) => at(day, '05:00'));
const writer = createLogWriter(speakerA);
for (const [index, startMs] of times.entries()) {
  writer.boot(startMs - MINUTE, index === 0 ? 'first' : 'powerLoss').item(itemAt(startMs));
}
const log = writer.beat(at(6, '00:00')).records;
const read = (records: readonly LogRecord[], startsMs: readonly number[] = []) =>
  readSpeakerLog({ ...speaker(records), planned: startsMs.map(plannedSessionId) }, table, nowMs);
const startsOn = ({ days }: SpeakerLog, day = '') =>
  days.get(day)?.sessions.map(({ plannedMs }) => plannedMs);
const keptDays = (before: SpeakerLog, after: SpeakerLog) =>
  [...after.days].filter(([day, heard]) => before.days.get(day) === heard).map(([day]) => day);

describe('the days of a speaker', () => {
  test('hold the sessions planned on them, and none of other days', () => {
    const heard = read(log);
    expect([...heard.days.keys()]).toEqual([monday, tuesday, thursday]);
    expect(startsOn(heard, monday)).toEqual([at(0, '05:00')]);
    expect(startsOn(heard, thursday)).toEqual([at(3, '05:00')]);
  });

  test('begin and end with their own midnights', () => {
    const edges = [at(0, '00:00'), at(1, '00:00') - 1, at(1, '00:00'), at(4, '00:00') - 1];
    const outside = [at(0, '00:00') - 1, at(4, '00:00')];
    const heard = read([], [...outside, ...edges]);
    expect([...heard.days.keys()]).toEqual([monday, tuesday, thursday]);
    expect(startsOn(heard, monday)).toEqual(edges.slice(0, 2));
    expect(startsOn(heard, tuesday)).toEqual([edges[2]]);
    expect(startsOn(heard, thursday)).toEqual([edges[3]]);
  });

  test('hold what was planned and left no trace once, beside what did', () => {
    const noon = at(0, '12:00');
    const heard = read(log, [noon, at(0, '05:00'), noon]);
    expect(startsOn(heard, monday)).toEqual([at(0, '05:00'), noon]);
    const [loud, silent] = heard.days.get(monday ?? '')?.sessions ?? [];
    expect(loud?.sounds).toHaveLength(1);
    expect(silent).toMatchObject({ sounds: [], refusals: [], emergencies: [] });
  });

  test('work out the occurrences of a rule once', () => {
    const heard = read(log);
    const used = rule();
    const found = occurrencesOn(heard, used, monday ?? '');
    expect(found).toMatchObject([{ qualifies: true }]);
    expect(occurrencesOn(heard, used, monday ?? '')).toBe(found);
    expect(occurrencesOn(heard, rule({ minMinutes: 31 }), monday ?? '')).toMatchObject([
      { qualifies: false },
    ]);
    expect(occurrencesOn(heard, used, wednesday ?? '')).toEqual([]);
  });
});

describe('news of a speaker', () => {
  const late = log.filter(({ kind }) => kind === 'ended')[2];
  if (late === undefined) throw new Error('no item');
  const early = log.filter((record) => record !== late);

  test('of which nothing is new leave it as it is', () => {
    const before = read(log, [at(0, '12:00')]);
    expect(extendSpeakerLog(before, {})).toBe(before);
    expect(extendSpeakerLog(before, { records: [late], nowMs })).toBe(before);
    expect(extendSpeakerLog(before, { planned: before.speaker.planned })).toBe(before);
  });

  test('touch the day of a late record, and leave the others the same objects', () => {
    const before = read(early);
    const after = extendSpeakerLog(before, { records: [late] });
    expect(startsOn(before, tuesday)).toBeUndefined();
    expect(startsOn(after, tuesday)).toEqual([at(1, '05:00')]);
    expect(keptDays(before, after)).toEqual([monday, thursday]);
  });

  test('leave a day with what left no trace the same, too', () => {
    const planned = [at(0, '12:00'), at(2, '12:00')];
    const before = read(early, planned);
    const after = extendSpeakerLog(before, { records: [late] });
    expect(keptDays(before, after)).toEqual([monday, wednesday, thursday]);
  });

  test('touch a day when what had left no trace has left one', () => {
    const before = read(early, [at(1, '05:00')]);
    expect(keptDays(before, extendSpeakerLog(before, { records: [late] }))).toEqual([
      monday,
      thursday,
    ]);
  });

  test('touch the days whose plan is another one, in number or in time', () => {
    const before = read(log, [at(0, '12:00'), at(2, '12:00'), at(3, '12:00')]);
    const planned = [at(0, '12:00'), at(2, '13:00')].map(plannedSessionId);
    const after = extendSpeakerLog(before, { planned });
    expect(keptDays(before, after)).toEqual([monday, tuesday]);
    expect(startsOn(after, wednesday)).toEqual([at(2, '13:00')]);
    expect(startsOn(after, thursday)).toEqual([at(3, '05:00')]);
    expect(after.speaker.planned).toBe(planned);
    expect(startsOn(before, wednesday)).toEqual([at(2, '12:00')]);
  });

  test('keep the plan when only the instant is another, and touch no day by that', () => {
    const before = read(log, [at(2, '12:00')]);
    const after = extendSpeakerLog(before, { nowMs: nowMs + 1 });
    expect(after.log.nowMs).toBe(nowMs + 1);
    expect(keptDays(before, after)).toEqual([monday, tuesday, wednesday, thursday]);
  });
});

describe('a speaker as if its log ended with a number', () => {
  const seqsOf = (heard: SpeakerLog) => heard.log.order.records.map(({ seq }) => seq);

  test('holds what has this number or a lower one', () => {
    const heard = read(log.filter(({ seq }) => seq !== 5));
    expect(seqsOf(speakerLogUpTo(heard, 6))).toEqual([1, 2, 3, 4, 6]);
    expect(seqsOf(speakerLogUpTo(heard, 5))).toEqual([1, 2, 3, 4]);
    expect(seqsOf(speakerLogUpTo(heard, 0))).toEqual([]);
  });

  test('is worked out once, also when higher numbers come', () => {
    const heard = read(log.filter(({ seq }) => seq < 10));
    const found = speakerLogUpTo(heard, 6);
    expect(speakerLogUpTo(heard, 6)).toBe(found);
    const more = extendSpeakerLog(heard, { records: log });
    expect(speakerLogUpTo(more, 6)).toBe(found);
    expect(speakerLogUpTo(more, 9)).not.toBe(found);
  });

  test('is worked out anew when a lower number comes, the instant or the plan changes', () => {
    const heard = read(log.filter(({ seq }) => seq !== 5));
    const found = speakerLogUpTo(heard, 6);
    const whole = speakerLogUpTo(extendSpeakerLog(heard, { records: log }), 6);
    expect(seqsOf(whole)).toEqual([1, 2, 3, 4, 5, 6]);
    const later = speakerLogUpTo(extendSpeakerLog(heard, { nowMs: nowMs + 1 }), 6);
    expect(later.log.nowMs).toBe(nowMs + 1);
    const planned = [plannedSessionId(at(2, '12:00'))];
    const other = speakerLogUpTo(extendSpeakerLog(heard, { planned }), 6);
    expect(startsOn(other, wednesday)).toEqual([at(2, '12:00')]);
    expect(speakerLogUpTo(heard, 6)).toBe(found);
  });
});
