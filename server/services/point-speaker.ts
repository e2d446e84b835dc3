import { canonicalJson } from '#core/canonical-json.ts';
import { createId } from '#runtime/clock.ts';
import { envelopeSchema } from '#schemas/envelope.ts';
import {
  MAX_ORDERS,
  MAX_WITHDRAWN,
  type Order,
  type PlaylistPointer,
  pointerSchema,
} from '#schemas/pointer.ts';
import type { LocalDay } from '#schemas/primitives.ts';
import { topicOf } from '#schemas/topics.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { Change, Guard, OutgoingMessage } from '../ports/store.ts';
import type { StoredPointer } from '../ports/stored-plan.ts';
import { nextRevision } from './next-revision.ts';
import { signPayload } from './sign-payload.ts';

/** What a pointer says, besides to whom and when. */
export interface PointerContent {
  readonly days: Readonly<Record<LocalDay, string>>;
  /** In the order in which they were given. */
  readonly orders: readonly Order[];
  readonly withdrawn: readonly string[];
}

/** What has to be written so that a speaker is pointed anew. */
export interface Pointing {
  readonly change: Change;
  readonly guard: Guard;
  readonly message: OutgoingMessage;
}

export interface PointingInput {
  readonly site: string;
  readonly speaker: string;
  readonly stored: StoredPointer | undefined;
  readonly content: PointerContent;
}

/** What the signed pointer of the store says. */
export const readPointer = (stored: StoredPointer): PlaylistPointer => {
  const { payload } = envelopeSchema.parse(JSON.parse(stored.envelope));
  return pointerSchema.parse(JSON.parse(Buffer.from(payload, 'base64').toString('utf8')));
};

/**
 * The next signed pointer of a speaker, with a greater revision; undefined when it would say nothing new. An
 * order that has only expired is nothing new. Above the bounds the newest orders and withdrawals stay.
 */
export const pointSpeaker = (
  ports: Pick<ServerPorts, 'keys' | 'clock' | 'entropy'>,
  { site, speaker, stored, content }: PointingInput,
): Pointing | undefined => {
  const before = stored === undefined ? undefined : readPointer(stored);
  const orders = content.orders.slice(-MAX_ORDERS);
  const withdrawn = content.withdrawn.slice(-MAX_WITHDRAWN);
  if (before !== undefined && !saysMore(before, { days: content.days, orders, withdrawn })) {
    return undefined;
  }
  const issuedMs = Math.floor(ports.clock.wallMs());
  const revision = nextRevision(before?.revision ?? 0, issuedMs);
  const pointer: PlaylistPointer = {
    v: 1,
    site,
    speaker,
    revision,
    issuedMs,
    days: { ...content.days },
    orders: [...orders],
    withdrawn: [...withdrawn],
  };
  const envelope = JSON.stringify(signPayload(ports.keys, 'pointer', pointer));
  const withdrawals = firstRevisions(stored, before, pointer);
  const value = { speaker, revision, days: pointer.days, envelope, withdrawals };
  return {
    change: { do: 'put', what: 'pointer', value },
    guard: { kind: 'pointerRevision', speaker, revision: before?.revision ?? 0 },
    message: {
      id: createId(ports.clock, ports.entropy),
      topic: topicOf('pointer', { site, speaker }),
      payload: envelope,
      retain: true,
    },
  };
};

/** For each withdrawn bulletin the first revision that says so; of an older pointer, its own. */
const firstRevisions = (
  stored: StoredPointer | undefined,
  before: PlaylistPointer | undefined,
  { withdrawn, revision }: PlaylistPointer,
): StoredPointer['withdrawals'] => {
  const known = new Set(before?.withdrawn);
  const beforeOf = (id: string) => (known.has(id) ? before?.revision : undefined);
  return Object.fromEntries(
    withdrawn.map((id) => [id, stored?.withdrawals[id] ?? beforeOf(id) ?? revision]),
  );
};

const saysMore = (before: PlaylistPointer, next: PointerContent): boolean => {
  const known = new Set(before.orders.map(({ id }) => id));
  return (
    next.orders.some(({ id }) => !known.has(id)) ||
    canonicalJson(before.days) !== canonicalJson(next.days) ||
    canonicalJson(before.withdrawn) !== canonicalJson(next.withdrawn)
  );
};

/** The message that keeps a document at the broker under its name. */
export const documentMessage = (
  ports: Pick<ServerPorts, 'clock' | 'entropy'>,
  { site, sha256, text }: { readonly site: string; readonly sha256: string; readonly text: string },
): OutgoingMessage => ({
  id: createId(ports.clock, ports.entropy),
  topic: topicOf('plan', { site, sha256 }),
  payload: text,
  retain: true,
});
