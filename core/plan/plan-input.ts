import type { DayTable } from '#core/local-time.ts';
import type { AirtimeCap, AirtimeRule } from '#schemas/airtime.ts';
import type { ClipReference, Playlist } from '#schemas/playlist.ts';
import type { Daypart, Id, LocalDay, LocalTime, Priority } from '#schemas/primitives.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import type { Late, Manner } from '#schemas/session-manner.ts';

/** Sessions that begin earlier than this after now are not moved. Source: AIRTIME.md, 5. */
export const SETTLED_LEAD_MS = 600_000;

/**
 * A released bulletin that is meant for this speaker. It may sound inside
 * `[validFromMs, expiresMs)`. `priority` makes it mandatory in every session; `emergency` is never
 * planned.
 */
export type PlanBulletin = {
  readonly id: Id;
  readonly clip: ClipReference;
  readonly campaigns: readonly Id[];
  readonly priority: Priority;
  readonly releasedMs: number;
  readonly validFromMs: number;
  readonly expiresMs: number;
  /** Not more than once in a session: what a repair proposes to add. */
  readonly once?: true;
};

/**
 * A slot of its own around the bulletins: an ident comes first, hotlines and then a closing last.
 * It is left out of sessions that reach outside `[validFromMs, expiresMs)`. Of several idents or
 * closings a session has the first by `rank` (absent: 0) that may sound at its place. Source: ADR 0027.
 */
export type FrameItem = {
  readonly role: 'ident' | 'hotline' | 'closing';
  readonly bulletin: Id | null;
  readonly clip: ClipReference;
  readonly validFromMs: number;
  readonly expiresMs: number;
  readonly rank?: number | undefined;
};

/** When a bulletin was last aired, or is last planned, before what this plan decides. */
export type LastPlayed = { readonly bulletin: Id; readonly lastMs: number };

/** A stretch of instants in which something else sounds: a relay, a hand-played list, last night. */
export type OccupiedStretch = { readonly fromMs: number; readonly toMs: number };

/** A day on which anything sounded, with the starts of what qualified there under which rule. */
export type AiredDay = {
  readonly day: LocalDay;
  readonly occurrences: readonly { readonly rule: Id; readonly startMs: number }[];
};

/**
 * The rule has, or is planned to have, a qualifying occurrence that day at a speaker that it binds,
 * in this speaker's own unit or above it. What was planned and is known not to have been aired is
 * no such day.
 */
export type ExemptingDay = { readonly rule: Id; readonly day: LocalDay };

/**
 * What sounds every listed weekday (1 Monday to 7 Sunday; empty: every day) at a wall time of its own,
 * and is never moved: a relay, the commune's own news. With a `sound` the speaker plays it, as a
 * session of its own that counts for its campaigns; without, another source does, and the speaker
 * keeps silent meanwhile. Source: AIRTIME.md, 5.
 */
export type FixedProgramme = {
  readonly id: Id;
  readonly startsAt: LocalTime;
  readonly durationMs: number;
  readonly weekdays: readonly number[];
  readonly sound: {
    readonly kind: 'clip' | 'relay';
    readonly clip: ClipReference | null;
    readonly bulletin: Id | null;
    readonly campaigns: readonly Id[];
  } | null;
};

export type PlanSettings = {
  /** How much more than its minimum a session is filled with, in seconds. */
  readonly marginS: number;
  readonly latestStartMin: number;
  readonly volume: number | null;
  /**
   * How much later than its neighbours this speaker begins its sessions, in seconds, against echo; 0
   * for the first of them. Where a session could not, it begins with them. A change takes effect on
   * days that have no playlist yet.
   */
  readonly staggerS: number;
  /** What becomes of a session that a speaker comes to late; absent: it is joined. */
  readonly late?: Late | undefined;
  /** Other volumes and policies for sessions that begin in a daypart; of several the first holds. */
  readonly manners?: readonly Manner[] | undefined;
};

/** 30 s of margin, an hour to begin in, the speaker's own volume. Source: AIRTIME.md, 2 and 5. */
export const defaultPlanSettings: PlanSettings = {
  marginS: 30,
  latestStartMin: 60,
  volume: null,
  staggerS: 0,
};

/**
 * All that one speaker's plan for one local day depends on: equal inputs are one computation
 * (`planKey`). `rules` are those the speaker owes, in all versions, and `caps` and `quietHours` those
 * it must keep; `dayparts` serve rules that name none. `table` holds `day` and the day after it.
 * `previous` is the playlist the speaker has for `day`. `owesFrom` is the first day the speaker owes
 * anything, for weeks that are cut by it. `aired` are the days before `day`, of the periods that
 * hold it, on which anything sounded or is planned; null where that is not known: then each day wants
 * its even share. A rule with `unlessAired` is planned only on days that `exempting` does not name: a
 * plan above it is trusted until it is known to have failed; the caller then takes the day out and
 * plans what is left of it anew. Source: AIRTIME.md, 5.
 */
export type PlanInput = {
  readonly site: string;
  readonly day: LocalDay;
  readonly table: DayTable;
  readonly nowMs: number;
  readonly rules: readonly AirtimeRule[];
  readonly caps: readonly AirtimeCap[];
  readonly quietHours: readonly Daypart[];
  readonly dayparts: readonly Daypart[];
  readonly bulletins: readonly PlanBulletin[];
  /**
   * Campaigns whose bulletins of the day are all meant for other units, and how many they are; absent
   * when there are none.
   */
  readonly elsewhere?: readonly { readonly campaign: Id; readonly bulletins: number }[];
  readonly frame: readonly FrameItem[];
  readonly played: readonly LastPlayed[];
  readonly occupied: readonly OccupiedStretch[];
  readonly previous: Playlist | null;
  readonly owesFrom: LocalDay | null;
  readonly aired: readonly AiredDay[] | null;
  readonly exempting: readonly ExemptingDay[];
  readonly programmes: readonly FixedProgramme[];
  readonly settings: PlanSettings;
};

/** What a day that has already begun cannot hold any more of a rule. */
export type PlanShortfall = {
  readonly rule: Id;
  readonly day: LocalDay;
  readonly needed: number;
  readonly placed: number;
};

export type DayPlan = {
  readonly playlist: Playlist;
  readonly shortfalls: readonly PlanShortfall[];
};

export type PlanProblem = ProblemOf<
  | 'ruleEndsBeforeStart'
  | 'minimumAboveCap'
  | 'campaignWithoutBulletins'
  | 'campaignMeantElsewhere'
  | 'daypartTooShort'
  | 'noPlan'
  | 'programmeUnplannable'
  | 'planGaveUp'
  | 'planUnproven'
>;
