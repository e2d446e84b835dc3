import type { LocalDayRow } from '#core/local-time.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import type { Court, Place, Seat } from './court.ts';
import { exemptionBy, isSameExemption } from './exemption.ts';
import type { SpeakerLog } from './speaker-log.ts';
import { owingUnit, unitOn } from './unit-tree.ts';

/**
 * The verdicts that could change because this speaker exempts others, or does no more: those of rules
 * whose `unlessAired` names a rule by which it is bound, on days of which its log tells another story,
 * at or below its unit. Source: AIRTIME.md, 4 (`exempt`, dependency closure).
 */
export const dependentsOf = (
  court: Court,
  before: SpeakerLog,
  after: SpeakerLog,
): readonly Place[] =>
  court.rules.flatMap(({ periods }, rule) =>
    periods.flatMap((of, period) => {
      const row = of.rows[0];
      const { unlessAired } = of.rule;
      if (unlessAired === null || row === undefined) return [];
      const other = court.sources.book.get(unlessAired)?.versionByDay.get(row.day);
      if (other === undefined || tellsTheSame({ before, after }, other, row)) return [];
      return seatsBelow(court, { after, other, row }).map((seat) => ({ seat, rule, period }));
    }),
  );

const tellsTheSame = (
  { before, after }: { readonly before: SpeakerLog; readonly after: SpeakerLog },
  other: AirtimeRule,
  row: LocalDayRow,
): boolean => isSameExemption(exemptionBy(before, other, row), exemptionBy(after, other, row));

interface Exempting {
  readonly after: SpeakerLog;
  readonly other: AirtimeRule;
  readonly row: LocalDayRow;
}

const seatsBelow = (
  { sources: { tree }, seatsByUnit }: Court,
  { after, other, row }: Exempting,
): readonly Seat[] => {
  const own = unitOn(after.speaker, row.day);
  if (own === null || owingUnit(other, tree.pathOn(own, row.day)) === null) return [];
  return [...seatsByUnit].flatMap(([unit, seats]) =>
    tree.pathOn(unit, row.day).some((span) => span.unit === own) ? seats : [],
  );
};
