import { canonicalJson } from '#core/canonical-json.ts';
import { handList } from '#core/plan/hand-list.ts';
import { createId } from '#runtime/clock.ts';
import { instantToIso } from '#runtime/day-table.ts';
import { byteCodec, sha256 } from '#runtime/signing.ts';
import type { Actor } from '#schemas/entities/bulletin.ts';
import type { Speaker } from '#schemas/entities/site.ts';
import type { Playlist } from '#schemas/playlist.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import type { PlayNowRequest } from '#schemas/requests/play.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { Change, CommitProblem } from '../ports/store.ts';
import { auditEntry } from './audit-entry.ts';
import { enrolledSpeakers, type GivenOrder, giveOrders, type OrderPorts } from './give-order.ts';
import { knownSite } from './known-site.ts';
import { bulletinToItem, meantFor, readPlanFacts } from './plan-facts.ts';
import { documentMessage } from './point-speaker.ts';
import { readLimits } from './publish-limits.ts';
import { quietStart } from './quiet-start.ts';

/** An order that has not begun this long after it could is dropped. */
const DROP_AFTER_MS = 60 * 60_000;
/** A list by hand is begun late by no more than this. */
const LATEST_START_MIN = 60;

export interface PlayAnswer {
  readonly order: string;
  readonly speaker: string;
  readonly notBeforeMs: number;
  /** In quiet hours, until when the speaker waits: ISO 8601 in the site's zone; else null. */
  readonly waitsUntil: string | null;
}

export type PlayProblem =
  | ProblemOf<
      'unknownSpeaker' | 'notFound' | 'wrongState' | 'clipMissing' | 'bulletinMeantElsewhere'
    >
  | CommitProblem;

/**
 * Has released bulletins played on the named speakers as soon as quiet hours allow: the list keeps
 * clear of them as a whole where it can. `also` is written in the same commit.
 * Errors: unknownSpeaker; notFound (a bulletin); wrongState (one that is not released, or whose time
 * has not come or is over); bulletinMeantElsewhere (one is for other units only); clipMissing; changedMeanwhile, alreadyExists, diskFull.
 * Source: schemas/pointer.ts; AIRTIME.md, 2 (sessions by hand).
 */
export const playNow = async (
  ports: OrderPorts,
  actor: Actor,
  { also = [], ...request }: PlayNowRequest & { readonly also?: readonly Change[] },
): Promise<Result<readonly PlayAnswer[], PlayProblem>> => {
  const speakers = await enrolledSpeakers(ports.store, request.speakers);
  if (!speakers.ok) return speakers;
  const nowMs = Math.floor(ports.clock.wallMs());
  const items = await airableItems(ports, request.bulletins, nowMs);
  if (!items.ok) return items;
  const elsewhere = await meantElsewhere(ports, request.bulletins, speakers.value);
  if (elsewhere !== undefined) return refuse(elsewhere);
  const site = await knownSite(ports.store);
  const list = handList({
    site: site.slug,
    items: items.value,
    drill: request.drill,
    latestStartMin: LATEST_START_MIN,
    volume: request.volume ?? null,
  });
  const text = canonicalJson(list);
  const playlist = sha256(byteCodec.textToBytes(text));
  const starts = await Promise.all(
    speakers.value.map((speaker) => startOf(ports, { speaker, list, nowMs, zone: site.zone })),
  );
  const orders: GivenOrder[] = starts.map(({ speaker, notBeforeMs }) => ({
    speaker,
    drill: request.drill,
    order: {
      kind: 'play',
      id: createId(ports.clock, ports.entropy),
      playlist,
      notBeforeMs,
      expiresMs: notBeforeMs + DROP_AFTER_MS,
    },
  }));
  const value = { sha256: playlist, text, createdMs: nowMs };
  const deed = { actor, action: 'playNow', subject: playlist, facts: { ...request } };
  const done = await giveOrders(ports, orders, {
    changes: [{ do: 'put', what: 'playlist', value }, ...also],
    audit: [auditEntry(ports, deed)],
    outbox: [documentMessage(ports, { site: site.slug, sha256: playlist, text })],
  });
  if (!done.ok) return done;
  return ok(orders.map((given) => toAnswer(given, nowMs, site.zone)));
};

type Items = Parameters<typeof handList>[0]['items'];

/**
 * The bulletins as items of a list, in their order. Errors: notFound, wrongState (not released, or its
 * time has not come or is over), clipMissing.
 */
export const airableItems = async (
  { store }: Pick<OrderPorts, 'store'>,
  ids: readonly string[],
  nowMs: number,
): Promise<Result<Items, ProblemOf<'notFound' | 'wrongState' | 'clipMissing'>>> => {
  const items: Items[number][] = [];
  for (const id of ids) {
    const bulletin = await store.bulletinById(id);
    if (bulletin === undefined) return refuse({ code: 'notFound', what: 'bulletin', id });
    const { state, validFromMs, expiresMs } = bulletin;
    if (state !== 'released') return refuse({ code: 'wrongState', what: 'bulletin', state });
    if (nowMs < validFromMs || nowMs >= expiresMs) {
      return refuse({ code: 'wrongState', what: 'bulletin', state: 'expired' });
    }
    const clip = await store.clipBySha256(bulletin.clip);
    if (clip === undefined) return refuse({ code: 'clipMissing', sha256: bulletin.clip });
    items.push(bulletinToItem(bulletin, clip));
  }
  return ok(items);
};

/** The first of the bulletins that is not meant for one of the speakers, where it stands today. */
const meantElsewhere = async (
  ports: OrderPorts,
  ids: readonly string[],
  speakers: readonly Speaker[],
): Promise<ProblemOf<'bulletinMeantElsewhere'> | undefined> => {
  const facts = await readPlanFacts(ports);
  const [today = ''] = facts.days;
  for (const speaker of speakers) {
    const isMeant = meantFor(facts, speaker, today);
    const id = ids.find((each) => !isMeant(each));
    if (id === undefined) continue;
    const title = (await ports.store.bulletinById(id))?.title ?? id;
    return { code: 'bulletinMeantElsewhere', title, speaker: speaker.name };
  }
  return undefined;
};

interface StartInput {
  readonly speaker: Speaker;
  readonly list: Playlist;
  readonly nowMs: number;
  readonly zone: string;
}

const startOf = async (
  { store }: OrderPorts,
  { speaker, list, nowMs, zone }: StartInput,
): Promise<{ readonly speaker: string; readonly notBeforeMs: number }> => {
  const stored = await store.limitsOf(speaker.id);
  const quietHours = stored === undefined ? [] : readLimits(stored).quietHours;
  const last = list.sessions[0]?.slots.at(-1);
  const durationMs = last === undefined ? 0 : last.offsetMs + last.durationMs;
  const notBeforeMs = quietStart({ zone, quietHours, fromMs: nowMs, durationMs });
  return { speaker: speaker.id, notBeforeMs };
};

const toAnswer = ({ speaker, order }: GivenOrder, nowMs: number, zone: string): PlayAnswer => {
  const notBeforeMs = order.kind === 'play' ? order.notBeforeMs : nowMs;
  const waitsUntil = notBeforeMs > nowMs ? instantToIso(notBeforeMs, zone) : null;
  return { order: order.id, speaker, notBeforeMs, waitsUntil };
};
