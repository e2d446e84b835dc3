import type { LocalDayRow } from '#core/local-time.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import type { Id } from '#schemas/primitives.ts';
import { gapInReach } from './contiguity.ts';
import type { JudgedSpeaker } from './judge-input.ts';
import type { Period } from './periods.ts';
import type { RuleBook } from './rule-book.ts';
import { occurrencesOn, type SpeakerLog } from './speaker-log.ts';
import { owingUnit, type UnitTree, unitOn } from './unit-tree.ts';
import type { Exemption } from './verdict.ts';

/** Whoever has a log; of several that could exempt, as it is now. */
export interface Listened {
  readonly speaker: Pick<JudgedSpeaker, 'speaker' | 'stays'>;
  readonly heard: SpeakerLog;
}

/** Where exemptions are looked up. */
export interface ExemptionSources {
  readonly book: RuleBook;
  readonly tree: UnitTree;
  /** The speakers by each unit in which they ever stand, ascending. */
  readonly speakersByUnit: ReadonlyMap<Id, readonly Listened[]>;
}

/** The speakers by each unit in which they ever stand, in the order given. */
export const speakersByUnit = <T extends Listened>(
  speakers: readonly T[],
): ReadonlyMap<Id, readonly T[]> => {
  const byUnit = new Map<Id, T[]>();
  for (const one of speakers) {
    for (const unit of new Set(one.speaker.stays.map((stay) => stay.unit))) {
      const known = byUnit.get(unit);
      if (known === undefined) byUnit.set(unit, [one]);
      else known.push(one);
    }
  }
  return byUnit;
};

const noExemption: Exemption = { by: null, isOpen: false };

/**
 * Whether another rule, aired that day in the speaker's own unit or above it, frees the speaker.
 * Any speaker that the other rule binds by its scope on that day will do, whatever the weekday; of
 * several the one in the nearest unit, then the lowest id, is named. Source: AIRTIME.md, 4 (`exempt`).
 */
export const exemptionOf = (
  period: Period,
  speaker: Pick<JudgedSpeaker, 'stays'>,
  sources: ExemptionSources,
): Exemption => {
  const row = period.rows[0];
  if (period.rule.unlessAired === null || row === undefined) return noExemption;
  const other = sources.book.get(period.rule.unlessAired)?.versionByDay.get(row.day);
  if (other === undefined) return noExemption;
  let isOpen = false;
  for (const { heard } of ableToExempt(other, { speaker, row }, sources)) {
    const given = exemptionBy(heard, other, row);
    if (given.by !== null) return given;
    isOpen ||= given.isOpen;
  }
  return { by: null, isOpen };
};

/** What one speaker's log says of a day on which the other rule binds it. */
export const exemptionBy = (heard: SpeakerLog, other: AirtimeRule, row: LocalDayRow): Exemption => {
  const aired = occurrencesOn(heard, other, row.day).find((found) => found.qualifies);
  if (aired !== undefined) {
    return { by: { speaker: heard.speaker.speaker, session: aired.logged.session }, isOpen: false };
  }
  const day = { fromMs: row.startMs, toMs: row.endMs };
  return { by: null, isOpen: gapInReach(heard.reach, day) !== null };
};

/** Whether two exemptions say the same. */
export const isSameExemption = (a: Exemption, b: Exemption): boolean =>
  a.isOpen === b.isOpen && a.by?.speaker === b.by?.speaker && a.by?.session === b.by?.session;

const ableToExempt = (
  other: AirtimeRule,
  { speaker, row }: { readonly speaker: Pick<JudgedSpeaker, 'stays'>; readonly row: LocalDayRow },
  { tree, speakersByUnit }: ExemptionSources,
): readonly Listened[] => {
  const own = unitOn(speaker, row.day);
  if (own === null) return [];
  return tree
    .pathOn(own, row.day)
    .filter(({ unit }) => owingUnit(other, tree.pathOn(unit, row.day)) !== null)
    .flatMap(({ unit }) =>
      (speakersByUnit.get(unit) ?? []).filter((one) => unitOn(one.speaker, row.day) === unit),
    );
};
