import fc from 'fast-check';
import { expect, test } from 'vitest';
import { totalsOf } from '#core/airtime/totals.ts';
import { createDayTable } from '#runtime/day-table.ts';
import type { AirtimeTotals } from '#schemas/airtime-totals.ts';
import { plannedSessionId } from '#schemas/session.ts';
import { cases } from './support/cases.ts';
import { at, inputOf, judged, MINUTE, rule, speaker, zone } from './support/court.ts';
import {
  commune,
  communeSpeaker,
  otherRuleId,
  speakerA,
  speakerB,
  villageA,
  villageB,
} from './support/ids.ts';
import { createLogWriter } from './support/log-writer.ts';
import { randomLog } from './support/random-log.ts';
import { anyRule } from './support/random-rule.ts';

const numbers = ({ owed, has, airtimeMs, shortfall }: AirtimeTotals) => ({
  owed,
  has,
  airtimeMs,
  occurrences: shortfall.occurrences,
  seconds: shortfall.seconds,
});

const sum = (totals: readonly AirtimeTotals[]) => {
  const zero = { owed: 0, has: 0, airtimeMs: 0, occurrences: 0, seconds: 0 };
  return totals.map(numbers).reduce(
    (a, b) => ({
      owed: a.owed + b.owed,
      has: a.has + b.has,
      airtimeMs: a.airtimeMs + b.airtimeMs,
      occurrences: a.occurrences + b.occurrences,
      seconds: a.seconds + b.seconds,
    }),
    zero,
  );
};

test('every total is the sum of the level below, from the speaker to the tree and from the day on', () => {
  fc.assert(
    fc.property(anyRule, randomLog(true), randomLog(true), (told, a, b) => {
      const each = { ...told, unit: commune, scope: 'each', level: 'village' } as const;
      const logB = b.map((record) => ({ ...record, speaker: speakerB }));
      const speakers = [speaker(a), speaker(logB, speakerB, villageB)];
      const { verdicts, units } = judged(inputOf(a, { rules: [each], speakers }));
      const totals = totalsOf(verdicts, units);
      const of = (level: AirtimeTotals['level'], span: AirtimeTotals['span']) =>
        totals.filter((total) => total.level === level && total.span === span);
      for (const span of ['week', 'campaign'] as const) {
        expect(sum(of('unit', span))).toEqual(sum(of('speaker', span)));
        expect(sum(of('all', span))).toEqual(sum(of('unit', span)));
      }
      expect(sum(of('all', 'period'))).toEqual(sum(of('all', 'week')));
      expect(sum(of('all', 'week'))).toEqual(sum(of('all', 'campaign')));
      const seconds = units.reduce((total, unit) => total + unit.shortfall.seconds, 0);
      expect(sum(of('all', 'campaign')).seconds).toBe(seconds);
    }),
    cases(150),
  );
});

test('two speakers that each lack a part of a second lack two seconds together, as their verdicts say', () => {
  const logOf = (name: string, ms: number) =>
    createLogWriter(name)
      .boot(at(-1, '23:00'), 'first')
      .item({ session: `p-${at(0, '05:00')}`, fromMs: at(0, '05:00'), toMs: at(0, '05:30') - ms })
      .beat(at(1, '00:01')).records;
  const a = logOf(speakerA, 1);
  const speakers = [speaker(a), speaker(logOf(communeSpeaker, 400), communeSpeaker)];
  const oneDay = rule({ to: '2026-03-02' });
  const { verdicts, units } = judged(inputOf(a, { rules: [oneDay], speakers }));
  const [all] = totalsOf(verdicts, units);
  expect(all).toMatchObject({ level: 'all', span: 'period', verdicts: { tooShort: 2 } });
  expect(all?.shortfall).toEqual({ occurrences: 2, seconds: 2 });
});

test('a speaker that moved counts for each unit on the days on which it stood there', () => {
  const log = createLogWriter(speakerA).boot(at(-1, '23:00'), 'first').beat(at(8, '00:00')).records;
  const stays = [
    { unit: villageA, from: '2026-01-01', to: '2026-03-03' },
    { unit: villageB, from: '2026-03-04', to: null },
  ];
  const each = rule({ unit: commune, scope: 'each', level: 'village' });
  const { verdicts, units } = judged(
    inputOf(log, { rules: [each], speakers: [{ ...speaker(log), stays }] }),
  );
  const campaign = totalsOf(verdicts, units).filter(({ span }) => span === 'campaign');
  expect(campaign.map(({ level, id, owed, from, to }) => ({ level, id, owed, from, to }))).toEqual([
    { level: 'all', id: null, owed: 7, from: '2026-03-02', to: '2026-03-08' },
    { level: 'unit', id: villageA, owed: 2, from: '2026-03-02', to: '2026-03-03' },
    { level: 'unit', id: villageB, owed: 5, from: '2026-03-04', to: '2026-03-08' },
    { level: 'speaker', id: speakerA, owed: 7, from: '2026-03-02', to: '2026-03-08' },
  ]);
});

test('totals name the verdicts, the airtime and the days of each rule, unit and speaker, by week', () => {
  const logOf = (name: string, times: readonly (readonly [fromMs: number, minutes: number])[]) => {
    const writer = createLogWriter(name).boot(at(4, '23:00'), 'first');
    for (const [fromMs, minutes] of times) {
      const toMs = fromMs + minutes * MINUTE;
      writer.item({ session: plannedSessionId(fromMs), fromMs, toMs });
    }
    return writer.beat(at(8, '00:00')).records;
  };
  const aired = [
    [at(5, '05:00'), 30],
    [at(5, '17:00'), 40],
    [at(7, '05:00'), 20],
  ] as const;
  const days = { from: '2026-03-07', to: '2026-03-09', unit: commune } as const;
  const each = rule({ ...days, scope: 'each', level: 'village' });
  const { verdicts, units } = judged(
    inputOf([], {
      rules: [each, rule({ ...days, id: otherRuleId })],
      table: createDayTable(zone, '2026-03-02', 14),
      speakers: [
        speaker(logOf(speakerA, aired), speakerA, villageB),
        speaker(logOf(speakerB, []), speakerB, villageA),
        speaker(logOf(communeSpeaker, aired), communeSpeaker, commune),
      ],
    }),
  );
  const [saturday, sunday, monday] = ['2026-03-07', '2026-03-08', '2026-03-09'] as const;
  const told = totalsOf(verdicts, units)
    .filter((one) => one.rule === each.id)
    .map(({ level, id, span, from, to, verdicts: codes, owed, has, airtimeMs, shortfall }) => [
      [level, id, span, from, to],
      codes,
      [owed, has, airtimeMs / MINUTE, shortfall.occurrences, shortfall.seconds / 60],
    ]);
  const ofA = (level: string, id: string) => [
    [[level, id, 'week', saturday, sunday], { met: 1, tooFew: 1 }, [2, 2, 70, 1, 30]],
    [[level, id, 'week', monday, monday], { tooShort: 1 }, [1, 0, 0, 1, 10]],
    [
      [level, id, 'campaign', saturday, monday],
      { met: 1, tooShort: 1, tooFew: 1 },
      [3, 2, 70, 2, 40],
    ],
  ];
  const ofB = (level: string, id: string) => [
    [[level, id, 'week', saturday, sunday], { tooFew: 2 }, [2, 0, 0, 2, 60]],
    [[level, id, 'week', monday, monday], { tooFew: 1 }, [1, 0, 0, 1, 30]],
    [[level, id, 'campaign', saturday, monday], { tooFew: 3 }, [3, 0, 0, 3, 90]],
  ];
  expect(told).toEqual([
    [['all', null, 'period', saturday, saturday], { met: 1, tooFew: 1 }, [2, 2, 70, 1, 30]],
    [['all', null, 'period', sunday, sunday], { tooFew: 2 }, [2, 0, 0, 2, 60]],
    [['all', null, 'period', monday, monday], { tooShort: 1, tooFew: 1 }, [2, 0, 0, 2, 40]],
    [['all', null, 'week', saturday, sunday], { met: 1, tooFew: 3 }, [4, 2, 70, 3, 90]],
    [['all', null, 'week', monday, monday], { tooShort: 1, tooFew: 1 }, [2, 0, 0, 2, 40]],
    [
      ['all', null, 'campaign', saturday, monday],
      { met: 1, tooShort: 1, tooFew: 4 },
      [6, 2, 70, 5, 130],
    ],
    ...ofB('unit', villageA),
    ...ofA('unit', villageB),
    ...ofA('speaker', speakerA),
    ...ofB('speaker', speakerB),
  ]);
  expect(totalsOf(verdicts, units).filter((one) => one.rule === otherRuleId)).toHaveLength(12);
});

test.each(['notDue', 'exempt', 'excused'] as const)('totals owe nothing for what is %s', (code) => {
  const log = createLogWriter(speakerA).boot(at(-1, '23:00'), 'first').beat(at(8, '00:00')).records;
  const { verdicts } = judged(inputOf(log, { rules: [rule({ to: '2026-03-02' })] }));
  const told = totalsOf(
    verdicts.map((verdict) => ({ ...verdict, verdict: code })),
    [],
  );
  expect(told.map(({ owed, shortfall, verdicts: codes }) => [owed, shortfall, codes])).toEqual(
    told.map(() => [0, { occurrences: 0, seconds: 0 }, { [code]: 1 }]),
  );
});
