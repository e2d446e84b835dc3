import type { LocalDayRow } from '#core/local-time.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import type { Id } from '#schemas/primitives.ts';
import { gapInReach } from './contiguity.ts';
import type { Period } from './periods.ts';
import type { RuleBook } from './rule-book.ts';
import type { SpeakerLog } from './speaker-log.ts';
import { owingUnit, type UnitTree, unitOn } from './unit-tree.ts';
import type { Exemption } from './verdict.ts';

/** Where exemptions are looked up. */
export interface ExemptionSources {
  readonly book: RuleBook;
  readonly tree: UnitTree;
  readonly speakersByUnit: ReadonlyMap<Id, readonly SpeakerLog[]>;
}

const noExemption: Exemption = { by: null, isOpen: false };

/** The speakers by each unit in which they ever stand, in the order given. */
export const speakersByUnit = (
  speakers: readonly SpeakerLog[],
): ReadonlyMap<Id, readonly SpeakerLog[]> => {
  const byUnit = new Map<Id, SpeakerLog[]>();
  for (const heard of speakers) {
    for (const unit of new Set(heard.speaker.stays.map((stay) => stay.unit))) {
      byUnit.set(unit, [...(byUnit.get(unit) ?? []), heard]);
    }
  }
  return byUnit;
};

/**
 * Whether another rule, aired that day in the speaker's own unit or above it, frees the speaker.
 * Any speaker that the other rule binds by its scope on that day will do, whatever the weekday; of
 * several the one in the nearest unit, then the lowest id, is named. Source: AIRTIME.md, 4 (`exempt`).
 */
export const exemptionOf = (
  period: Period,
  heard: SpeakerLog,
  sources: ExemptionSources,
): Exemption => {
  const row = period.rows[0];
  if (period.rule.unlessAired === null || row === undefined) return noExemption;
  const other = sources.book.get(period.rule.unlessAired)?.versionByDay.get(row.day);
  if (other === undefined) return noExemption;
  const able = ableToExempt(other, { heard, row }, sources);
  for (const one of able) {
    const aired = one
      .occurrencesUnder(other)
      .get(row.day)
      ?.find((found) => found.qualifies);
    if (aired === undefined) continue;
    const by = { speaker: one.speaker.speaker, session: aired.logged.session };
    return { by, isOpen: false };
  }
  const day = { fromMs: row.startMs, toMs: row.endMs };
  return { by: null, isOpen: able.some(({ reach }) => gapInReach(reach, day) !== null) };
};

const ableToExempt = (
  other: AirtimeRule,
  { heard, row }: { readonly heard: SpeakerLog; readonly row: LocalDayRow },
  { tree, speakersByUnit }: ExemptionSources,
): readonly SpeakerLog[] => {
  const own = unitOn(heard.speaker, row.day);
  if (own === null) return [];
  return tree
    .pathOn(own, row.day)
    .filter(({ unit }) => owingUnit(other, tree.pathOn(unit, row.day)) !== null)
    .flatMap(({ unit }) =>
      (speakersByUnit.get(unit) ?? []).filter((one) => unitOn(one.speaker, row.day) === unit),
    );
};
