import { canonicalJson } from '#core/canonical-json.ts';
import { breathe } from '#runtime/clock.ts';
import type { Speaker } from '#schemas/entities/site.ts';
import type { LocalDay } from '#schemas/primitives.ts';
import { ok, type Result } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { Change, CommitProblem, Work } from '../ports/store.ts';
import type { StoredPointer } from '../ports/stored-plan.ts';
import { readAiredDays } from './aired-days.ts';
import { type Broadcasts, createBroadcasts, readBroadcasts } from './exempting-days.ts';
import { newDocuments, withdrawDocuments } from './plan-documents.ts';
import { type PlanFacts, readPlanFacts } from './plan-facts.ts';
import { type PlannedDay, plannedDaysToChange, readPlannedDays } from './plan-note.ts';
import { createPlanShare, type PlanShare, planSpeaker } from './plan-speaker.ts';
import { pastDayToChange } from './planned-sessions.ts';
import { pointSpeaker } from './point-speaker.ts';
import { noteTrustEnd } from './trust-end.ts';

/** How often one speaker is planned anew because an order was given meanwhile. */
const MAX_TRIES = 3;
/** After so many speakers, people and messages have their turn. */
const SPEAKERS_AT_A_TIME = 10;

type Ports = Pick<ServerPorts, 'store' | 'keys' | 'clock' | 'entropy' | 'log'>;

export interface PlannedDays {
  readonly speakers: number;
  /** Speakers that were pointed to something new. */
  readonly pointed: number;
  /** Days that have a problem or a shortfall. */
  readonly short: number;
}

interface Making {
  readonly ports: Ports;
  readonly facts: PlanFacts;
  readonly share: PlanShare;
  readonly broadcasts: Broadcasts;
  /** Documents that stand at the broker, or are on their way there. */
  readonly published: Set<string>;
}

/**
 * Plans today and the days after it for every enrolled speaker, and points each to its playlists.
 * A speaker's documents, its signed pointer and the messages about them are one commit; nothing is
 * written where nothing changed. What cannot be planned is remembered with its reason.
 * Errors: changedMeanwhile, alreadyExists, diskFull (the speakers before it are done).
 * Source: DESIGN.md, the way of a broadcast, 3 and 4; AIRTIME.md, 5.
 */
export const planDays = async (ports: Ports): Promise<Result<PlannedDays, CommitProblem>> => {
  const { store } = ports;
  const facts = await readPlanFacts(ports);
  const speakers = inOrder(facts, await store.speakers());
  const pointers = await Promise.all(speakers.map(({ id }) => store.pointerOf(id)));
  const before = hashesOf(pointers);
  const share = createPlanShare(store);
  const broadcasts = createBroadcasts(facts);
  const making = { ports, facts, share, broadcasts, published: new Set(before) };
  let pointed = 0;
  let short = 0;
  const needed = new Set<string>();
  for (const [index, speaker] of speakers.entries()) {
    if (index % SPEAKERS_AT_A_TIME === SPEAKERS_AT_A_TIME - 1) await breathe();
    const made = await planAndPoint(making, speaker);
    if (!made.ok) return made;
    if (made.value.pointed) pointed += 1;
    short += made.value.days.filter(isShort).length;
    for (const hash of Object.values(made.value.hashByDay)) needed.add(hash);
  }
  const gone = [...before].filter((hash) => !needed.has(hash));
  const withdrawn = await withdrawDocuments(ports, facts.site.slug, gone);
  if (!withdrawn.ok) return withdrawn;
  const noted = await noteTrustEnd(store, broadcasts.trustEndsMs());
  return noted.ok ? ok({ speakers: speakers.length, pointed, short }) : noted;
};

/** The enrolled speakers, those that free others before those that they free. */
const inOrder = (
  { rules, days: [today = ''] }: PlanFacts,
  speakers: readonly Speaker[],
): readonly Speaker[] => {
  const ranked = speakers
    .filter(({ state }) => state === 'enrolled')
    .map((speaker) => ({
      speaker,
      depth: rules.conditionDepth(speaker, today),
      above: rules.unitsAbove(speaker, today).length,
    }));
  return ranked
    .sort((a, b) => a.depth - b.depth || a.above - b.above)
    .map(({ speaker }) => speaker);
};

const isShort = ({ problems, shortfalls }: PlannedDay): boolean =>
  problems.length > 0 || shortfalls.length > 0;

const hashesOf = (pointers: readonly (StoredPointer | undefined)[]): ReadonlySet<string> =>
  new Set(pointers.flatMap((pointer) => Object.values(pointer?.days ?? {})));

interface Made {
  readonly pointed: boolean;
  readonly days: readonly PlannedDay[];
  readonly hashByDay: Readonly<Record<LocalDay, string>>;
}

const planAndPoint = async (
  making: Making,
  speaker: Speaker,
): Promise<Result<Made, CommitProblem>> => {
  let tried = await tryPlanAndPoint(making, speaker);
  for (let tries = 1; tries < MAX_TRIES && isOvertaken(tried); tries += 1) {
    tried = await tryPlanAndPoint(making, speaker);
  }
  return tried;
};

const isOvertaken = (tried: Result<unknown, CommitProblem>): boolean =>
  !tried.ok && tried.problem.code === 'changedMeanwhile';

const tryPlanAndPoint = async (
  making: Making,
  speaker: Speaker,
): Promise<Result<Made, CommitProblem>> => {
  const { ports, facts, share, broadcasts } = making;
  const { store } = ports;
  const stored = await store.pointerOf(speaker.id);
  const current = stored?.days ?? {};
  const planned = await readPlannedDays(store, speaker.id);
  const past = { facts, speaker, documentOf: share.documentOf };
  const aired = await readAiredDays(store, past);
  const log = await readBroadcasts(store, broadcasts, past);
  const of = { facts, share, speaker, current, planned, aired, broadcasts, log };
  const days = await planSpeaker(of);
  const hashByDay = pointedDays(facts, current, days);
  const orders = (await store.ordersOf(speaker.id, facts.nowMs)).map(({ order }) => order);
  const content = { days: hashByDay, orders, withdrawn: facts.withdrawn };
  const site = facts.site.slug;
  const pointing = pointSpeaker(ports, { site, speaker: speaker.id, stored, content });
  const isSame = canonicalJson(planned) === canonicalJson(days);
  if (pointing === undefined && isSame) return ok({ pointed: false, days, hashByDay });
  const documents = newDocuments(ports, { site, share, published: making.published, days });
  const work: Work = {
    changes: [
      ...documents.map(({ change }) => change),
      plannedDaysToChange(speaker.id, days),
      ...pastDays(speaker.id, current, hashByDay),
      ...(pointing === undefined ? [] : [pointing.change]),
    ],
    guards: pointing === undefined ? [] : [pointing.guard],
    outbox: [
      ...documents.map(({ message }) => message),
      ...(pointing === undefined ? [] : [pointing.message]),
    ],
  };
  const done = await store.commit(work);
  if (!done.ok) return done;
  for (const { hash } of documents) making.published.add(hash);
  return ok({ pointed: pointing !== undefined, days, hashByDay });
};

/** The planned days, and yesterday, whose last session may reach over midnight. */
const pointedDays = (
  { yesterday }: PlanFacts,
  current: Readonly<Record<LocalDay, string>>,
  days: readonly PlannedDay[],
): Readonly<Record<LocalDay, string>> => {
  const kept = current[yesterday];
  return {
    ...(kept === undefined ? {} : { [yesterday]: kept }),
    ...Object.fromEntries(days.map(({ day, playlist }) => [day, playlist])),
  };
};

const pastDays = (
  speaker: string,
  before: Readonly<Record<LocalDay, string>>,
  after: Readonly<Record<LocalDay, string>>,
): Change[] =>
  Object.entries(before)
    .filter(([day]) => after[day] === undefined)
    .map(([day, hash]) => pastDayToChange(speaker, day, hash));
