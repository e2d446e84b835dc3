import { describe, expect, test } from 'vitest';
import { exemptionOf } from '#core/airtime/exemption.ts';
import { membershipOf, owingUnitsOf } from '#core/airtime/membership.ts';
import type { Period } from '#core/airtime/periods.ts';
import { createRuleBook } from '#core/airtime/rule-book.ts';
import { readSpeakerLog } from '#core/airtime/speaker-log.ts';
import { createUnitTree } from '#core/airtime/unit-tree.ts';
import { createDayTable } from '#runtime/day-table.ts';
import { plannedSessionId } from '#schemas/session.ts';
import { at, MINUTE, rule, speaker, units, zone } from './support/court.ts';
import { commune, id, otherRuleId, speakerA, villageA } from './support/ids.ts';
import { createLogWriter } from './support/log-writer.ts';

const table = createDayTable(zone, '2026-03-02', 1);
const tree = createUnitTree(units);
const other = rule({ id: otherRuleId, unit: commune, scope: 'subtree' });
const period: Period = { rule: rule({ unlessAired: otherRuleId }), rows: table, maxPerDay: 1 };
const empty: Period = { ...period, rows: [] };

const fromMs = at(0, '05:30');
const { records } = createLogWriter(speakerA)
  .boot(at(-1, '20:00'), 'first')
  .item({ session: plannedSessionId(fromMs), fromMs, toMs: fromMs + 30 * MINUTE });
const heard = readSpeakerLog(speaker(records), table, at(8, '00:00'));
const sources = {
  book: createRuleBook([other, period.rule], table),
  tree,
  speakersByUnit: new Map([[villageA, [{ heard, speaker: heard.speaker }]]]),
};
const none = { by: null, isOpen: false };

describe('a period without a day', () => {
  test('binds nobody, is owed by no unit and frees nobody', () => {
    const unitIds = units.map(({ unit }) => unit);
    expect(membershipOf(period, speaker([]), tree)?.unit).toBe(villageA);
    expect(membershipOf(empty, speaker([]), tree)).toBeUndefined();
    expect(owingUnitsOf(period, unitIds, tree)).toEqual([villageA]);
    expect(owingUnitsOf(empty, unitIds, tree)).toEqual([]);
    expect(exemptionOf(period, speaker([]), sources).by?.speaker).toBe(speakerA);
    expect(exemptionOf(empty, speaker([]), sources)).toEqual(none);
  });
});

describe('nobody is freed', () => {
  test('who stands nowhere on that day', () => {
    expect(exemptionOf(period, { stays: [] }, sources)).toEqual(none);
    expect(membershipOf(period, { stays: [] }, tree)).toBeUndefined();
  });

  test('by a rule that is not there, nor when no rule is named', () => {
    const naming = (unlessAired: string | null): Period => ({
      ...period,
      rule: { ...period.rule, unlessAired },
    });
    expect(exemptionOf(naming(id(99)), speaker([]), sources)).toEqual(none);
    expect(exemptionOf(naming(null), speaker([]), sources)).toEqual(none);
  });
});
