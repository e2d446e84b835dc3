import type { AsRunLog } from '#core/airtime/as-run-log.ts';
import { canonicalJson } from '#core/canonical-json.ts';
import { planKey } from '#core/plan/normalise-input.ts';
import { type PartialPlan, planAroundProblems } from '#core/plan/plan-around-problems.ts';
import type { AiredDay, ExemptingDay, LastPlayed, PlanInput } from '#core/plan/plan-input.ts';
import { toAiredDay } from '#core/plan/planned-occurrences.ts';
import { reachingInto } from '#core/plan/programme-hours.ts';
import { byteCodec, sha256 } from '#runtime/signing.ts';
import type { Speaker } from '#schemas/entities/site.ts';
import { type Playlist, playlistSchema } from '#schemas/playlist.ts';
import type { LocalDay } from '#schemas/primitives.ts';
import type { Store } from '../ports/store.ts';
import type { Broadcasts } from './exempting-days.ts';
import { type DayBefore, type PlanFacts, planInput } from './plan-facts.ts';
import type { PlannedDay } from './plan-note.ts';

/** Plans and documents of one making, shared by every speaker that needs the same. */
export interface PlanShare {
  /** The plan of an input; equal inputs are computed once. */
  planOf(input: PlanInput): PartialPlan;
  /** The document of this name, from this making or from the store. */
  documentOf(hash: string): Promise<Playlist | null>;
  /** Names the document, and keeps it to be stored. */
  keep(playlist: Playlist): string;
  /** The text of a document that this making kept. */
  textOf(hash: string): string | undefined;
}

export const createPlanShare = (store: Pick<Store, 'playlistBySha256'>): PlanShare => {
  const plans = new Map<string, PartialPlan>();
  const documents = new Map<string, Playlist | null>();
  const texts = new Map<string, string>();
  return {
    textOf: (hash) => texts.get(hash),
    planOf: (input) => {
      const key = planKey(input);
      const plan = plans.get(key) ?? planAroundProblems(input);
      plans.set(key, plan);
      return plan;
    },
    keep: (playlist) => {
      const text = canonicalJson(playlist);
      const hash = sha256(byteCodec.textToBytes(text));
      documents.set(hash, playlist);
      texts.set(hash, text);
      return hash;
    },
    documentOf: async (hash) => {
      const known = documents.get(hash);
      if (known !== undefined) return known;
      const stored = await store.playlistBySha256(hash);
      const document = stored === undefined ? null : playlistSchema.parse(JSON.parse(stored.text));
      documents.set(hash, document);
      return document;
    },
  };
};

export interface SpeakerPlanInput {
  readonly facts: PlanFacts;
  readonly share: PlanShare;
  readonly speaker: Speaker;
  /** The documents that the speaker is pointed to now, by day; yesterday's too. */
  readonly current: Readonly<Record<string, string>>;
  readonly planned: readonly PlannedDay[];
  /** What the days before today have aired. */
  readonly aired: readonly AiredDay[];
  readonly broadcasts: Broadcasts;
  /** The speaker's log, where its broadcasts can free others. */
  readonly log: AsRunLog;
}

/**
 * The speaker's days from today on. A day whose rules, caps and bulletins are as they were keeps the
 * playlist it has, so that a small change stays small; what was played the days before steers which
 * bulletin comes next, and what they aired how much a week or a block of days still lacks. Source: AIRTIME.md, 5.
 */
export const planSpeaker = async (input: SpeakerPlanInput): Promise<readonly PlannedDay[]> => {
  const { facts, share, current } = input;
  const plannedByDay = new Map(input.planned.map((planned) => [planned.day, planned]));
  const lastMsByBulletin = new Map<string, number>();
  const hashOfYesterday = current[facts.yesterday];
  let last = hashOfYesterday === undefined ? null : await share.documentOf(hashOfYesterday);
  notePlayed(lastMsByBulletin, last);
  const days: PlannedDay[] = [];
  let aired = input.aired;
  for (const day of facts.days) {
    const hash = current[day];
    const previous = hash === undefined ? null : await share.documentOf(hash);
    const played = toLastPlayed(lastMsByBulletin);
    const before = { played, last, previous, aired };
    const decided = await decideDay(input, { day, before, known: plannedByDay.get(day), hash });
    days.push(decided.planned);
    last = decided.playlist;
    notePlayed(lastMsByBulletin, last);
    const { wanted } = decided;
    const heard = last && wanted.aired && toAiredDay(wanted, last);
    if (heard !== null) aired = [...aired, heard];
  }
  return days;
};

interface DayInput {
  readonly day: LocalDay;
  readonly before: Omit<DayBefore, 'exempting'>;
  readonly known: PlannedDay | undefined;
  readonly hash: string | undefined;
}

interface DecidedDay {
  readonly wanted: PlanInput;
  readonly planned: PlannedDay;
  readonly playlist: Playlist | null;
}

/**
 * The day with what is broadcast above. A speaker that owes both a rule and another one that the first
 * frees it from is planned as free; where the first turns out not to be planned, once more.
 */
const decideDay = async (input: SpeakerPlanInput, ofDay: DayInput): Promise<DecidedDay> => {
  const { broadcasts, speaker } = input;
  const given = broadcasts.exempting(speaker, ofDay.day);
  const own = broadcasts.ownConditions(speaker, ofDay.day);
  const assumed = [
    ...given,
    ...own.filter((one) => !given.some(({ rule, day }) => rule === one.rule && day === one.day)),
  ];
  const decided = await planWith(input, ofDay, assumed);
  const found = broadcasts.note({ speaker, day: ofDay.day, log: input.log, ...decided });
  if (own.every(({ rule }) => found.has(rule))) return decided;
  const again = await planWith(input, ofDay, given);
  broadcasts.note({ speaker, day: ofDay.day, log: input.log, ...again });
  return again;
};

const planWith = async (
  { facts, share, speaker }: SpeakerPlanInput,
  { day, before, known, hash }: DayInput,
  exempting: readonly ExemptingDay[],
): Promise<DecidedDay> => {
  const wanted = planInput(facts, { speaker, day }, { ...before, exempting });
  const programmes = facts.rules.programmesOf(speaker, day);
  const overnight = wanted.table.slice(0, 1).flatMap((row) => reachingInto(programmes, row));
  const key = standingKey({ ...wanted, occupied: overnight });
  const kept = before.previous !== null && known?.key === key && known.playlist === hash;
  const planned = kept ? known : planOne(share, wanted, key);
  return { wanted, planned, playlist: await share.documentOf(planned.playlist) };
};

const planOne = (share: PlanShare, wanted: PlanInput, key: string): PlannedDay => {
  const { playlist, shortfalls, problems } = share.planOf(wanted);
  return {
    day: wanted.day,
    key,
    playlist: share.keep(playlist),
    shortfalls: [...shortfalls],
    problems: [...problems],
  };
};

/** Names all that stands behind the day, but the past and the hour; `occupied` without the past. */
const standingKey = (input: PlanInput): string => {
  const nowMs = input.table[0]?.startMs ?? 0;
  const standing = { ...input, nowMs, previous: null, played: [] };
  return sha256(byteCodec.textToBytes(planKey(standing)));
};

const notePlayed = (lastMsByBulletin: Map<string, number>, playlist: Playlist | null): void => {
  for (const { startMs, slots } of playlist?.sessions ?? []) {
    for (const { bulletin, offsetMs } of slots) {
      if (bulletin !== null && startMs !== null) lastMsByBulletin.set(bulletin, startMs + offsetMs);
    }
  }
};

const toLastPlayed = (lastMsByBulletin: ReadonlyMap<string, number>): LastPlayed[] =>
  [...lastMsByBulletin].map(([bulletin, lastMs]) => ({ bulletin, lastMs }));
