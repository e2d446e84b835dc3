import fc from 'fast-check';
import { expect, test } from 'vitest';
import { totalsOf } from '#core/airtime/totals.ts';
import type { AirtimeTotals } from '#schemas/airtime-totals.ts';
import { at, inputOf, judged, rule, speaker } from './support/court.ts';
import { commune, communeSpeaker, speakerA, speakerB, villageA, villageB } from './support/ids.ts';
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
    { numRuns: 150 },
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
