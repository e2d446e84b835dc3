import { type AsRunLog, readLog } from '#core/airtime/as-run-log.ts';
import type { ExemptingDay } from '#core/plan/plan-input.ts';
import { broadcastUntil, versionOn } from '#core/plan/trusted-broadcast.ts';
import { addDays, createDayTable, localDayAt } from '#runtime/day-table.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import type { Playlist } from '#schemas/playlist.ts';
import type { Id, LocalDay } from '#schemas/primitives.ts';
import type { Store } from '../ports/store.ts';
import { mondayBefore } from './judge-facts.ts';
import type { PlanFacts, PlannedSpeaker } from './plan-facts.ts';
import { playlistOn } from './planned-sessions.ts';
import { readLogWindow } from './read-log-window.ts';
import type { Placed } from './speaker-scope.ts';

const WEEK_DAYS = 7;

/** What one speaker's day holds, and its log as far as it is known. */
export interface BroadcastDay {
  readonly speaker: PlannedSpeaker;
  readonly day: LocalDay;
  readonly playlist: Playlist | null;
  readonly log: AsRunLog;
}

/**
 * On which days rules that others name in `unlessAired` are broadcast, in which units: gathered while
 * speakers are planned, those first that can exempt others.
 */
export interface Broadcasts {
  /** The rules of the speaker that others name. */
  readonly conditionsOf: (speaker: Placed, day: LocalDay) => readonly Id[];
  /** Takes what a speaker's day has or is to have; gives the rules that are broadcast by it. */
  readonly note: (day: BroadcastDay) => ReadonlySet<Id>;
  /** Those of them that exempt the speaker itself, if it broadcasts them. */
  readonly ownConditions: (speaker: Placed, day: LocalDay) => readonly ExemptingDay[];
  /** What exempts the speaker in the week of the day: broadcasts in its own unit or above it. */
  readonly exempting: (speaker: Placed, day: LocalDay) => readonly ExemptingDay[];
  /** The first instant after which a plan counts as failed if no log shows it; null without one. */
  readonly trustEndsMs: () => number | null;
}

/** Nothing is gathered yet. */
export const createBroadcasts = ({ site, rules, nowMs }: PlanFacts): Broadcasts => {
  const known = new Set<string>();
  let trustEndsMs: number | null = null;
  const conditionsOf = (speaker: Placed, day: LocalDay): readonly Id[] => [
    ...new Set(
      rules.rulesOf(speaker, day).flatMap(({ id }) => (rules.isCondition(id) ? [id] : [])),
    ),
  ];
  const owesOn = ({ enrolledMs }: PlannedSpeaker, day: LocalDay): boolean =>
    enrolledMs !== null && localDayAt(enrolledMs, site.zone) < day;
  const untilOf = ({ speaker, day, playlist, log }: BroadcastDay, id: Id): number | null => {
    const [row] = createDayTable(site.zone, day, 1);
    const versions = rules.rulesOf(speaker, day).filter((rule) => rule.id === id);
    const rule = row && versionOn(versions, row);
    return row && rule ? broadcastUntil({ rule, row, playlist, log }) : null;
  };
  return {
    conditionsOf,
    ownConditions: (speaker, day) => {
      const named = conditionsNamed(rules.rulesOf(speaker, day));
      return conditionsOf(speaker, day).flatMap((rule) =>
        named.includes(rule) ? [{ rule, day }] : [],
      );
    },
    note: (noted) => {
      const { speaker, day } = noted;
      const found = new Set<Id>();
      if (!owesOn(speaker, day)) return found;
      for (const id of conditionsOf(speaker, day)) {
        const untilMs = untilOf(noted, id);
        if (untilMs === null) continue;
        found.add(id);
        known.add(`${id} ${day} ${speaker.unit}`);
        if (Number.isFinite(untilMs)) trustEndsMs = Math.min(trustEndsMs ?? untilMs, untilMs);
      }
      return found;
    },
    exempting: (speaker, day) =>
      conditionsNamed(rules.rulesOf(speaker, day)).flatMap((rule) =>
        weekOf(day)
          .filter((each) =>
            rules.unitsAbove(speaker, each).some((unit) => known.has(`${rule} ${each} ${unit}`)),
          )
          .map((each) => ({ rule, day: each })),
      ),
    trustEndsMs: () => (trustEndsMs === null || trustEndsMs <= nowMs ? null : trustEndsMs),
  };
};

const conditionsNamed = (rules: readonly AirtimeRule[]): readonly Id[] => [
  ...new Set(rules.flatMap(({ unlessAired }) => unlessAired ?? [])),
];

const weekOf = (day: LocalDay): readonly LocalDay[] => {
  const monday = mondayBefore(day);
  return Array.from({ length: WEEK_DAYS }, (_, index) => addDays(monday, index));
};

export interface PastBroadcastsInput {
  readonly facts: PlanFacts;
  readonly speaker: BroadcastDay['speaker'] & { readonly id: Id };
  readonly documentOf: (hash: string) => Promise<Playlist | null>;
}

/**
 * The log of a speaker that can exempt others, from this week's Monday on, after the days before
 * today were noted; an empty log of any other speaker.
 */
export const readBroadcasts = async (
  store: Pick<Store, 'pointerOf' | 'note' | 'logHead' | 'records' | 'findings'>,
  broadcasts: Broadcasts,
  { facts, speaker, documentOf }: PastBroadcastsInput,
): Promise<AsRunLog> => {
  const { site, yesterday, nowMs, days } = facts;
  const isCondition = days.some((day) => broadcasts.conditionsOf(speaker, day).length > 0);
  if (!isCondition) return readLog(speaker.id, [], nowMs);
  const monday = mondayBefore(addDays(yesterday, 1));
  const fromMs = createDayTable(site.zone, monday, 1)[0]?.startMs ?? 0;
  const { records } = await readLogWindow(store, speaker.id, fromMs);
  const log = readLog(speaker.id, records, nowMs);
  for (let day = monday; day <= yesterday; day = addDays(day, 1)) {
    const hash = await playlistOn(store, speaker.id, day);
    const playlist = hash === undefined ? null : await documentOf(hash);
    broadcasts.note({ speaker, day, playlist, log });
  }
  return log;
};
