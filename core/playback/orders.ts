import type { Playlist } from '#schemas/playlist.ts';
import type { Order } from '#schemas/pointer.ts';
import type { Id, Interval, Sha256 } from '#schemas/primitives.ts';
import type { RefusalReason } from '#schemas/records/reasons.ts';
import { firstPermitted } from './quiet-times.ts';
import { LOAD_LEAD_MS } from './segment.ts';

/** What is to be done about the orders by hand, now or later. Instants are epoch milliseconds. */
export interface OrderDecision {
  /** Stop whatever sounds; the order that says so. */
  readonly stop: Id | null;
  /** The order whose list begins at `startMs`. */
  readonly play: { readonly order: Id; readonly playlist: Sha256; readonly startMs: number } | null;
  /** Orders that will never be carried out: cancelled (null) or refused for a reason. */
  readonly settled: readonly { readonly order: Id; readonly reason: RefusalReason | null }[];
  /** When the first order that waits for quiet hours to end may begin. */
  readonly waitingUntilMs: number | null;
  /** When to look again. */
  readonly wakeMs: number | null;
}

export interface OrdersInput {
  readonly orders: readonly Order[];
  readonly isSettled: (order: Id) => boolean;
  readonly documents: ReadonlyMap<Sha256, Playlist>;
  readonly hasClip: (sha256: Sha256) => boolean;
  /** Whether a list by hand is not over yet: the next one waits for its end. */
  readonly isBusy: boolean;
  readonly nowMs: number;
  readonly uncertaintyMs: number;
  readonly quiet: readonly Interval[];
}

type PlayOrder = Extract<Order, { kind: 'play' }>;
type Fate =
  | { readonly kind: 'begin' | 'wait'; readonly startMs: number; readonly forQuiet: boolean }
  | { readonly kind: 'refuse'; readonly reason: RefusalReason }
  | { readonly kind: 'incomplete' };

/**
 * Which orders are due, oldest first. A stop cancels every play that was ordered before it; a play
 * in quiet hours waits for their end and is refused when it would expire before. A play waits until
 * its list and every clip of it are there, and until the list by hand before it is over.
 * Source: schemas/pointer.ts (orders); DESIGN.md, the way of a broadcast, 5.
 */
export const decideOrders = (input: OrdersInput): OrderDecision => {
  const open = input.orders
    .filter((order) => !input.isSettled(order.id))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const stops = open.filter((order) => order.kind === 'stop');
  const lastStop = stops.findLast((order) => input.nowMs < order.expiresMs) ?? null;
  const plays = open.filter((order) => order.kind === 'play');
  const cancelled = plays.filter((order) => lastStop !== null && order.id < lastStop.id);
  const fates = plays
    .filter((order) => !cancelled.includes(order))
    .map((order) => ({ order, fate: fateOf(order, input) }));
  return {
    stop: lastStop?.id ?? null,
    play: input.isBusy && lastStop === null ? null : firstDue(fates),
    settled: [
      ...stops.filter((order) => order !== lastStop).map((order) => settledAs(order.id, null)),
      ...cancelled.map((order) => settledAs(order.id, null)),
      ...fates.flatMap(({ order, fate }) =>
        fate.kind === 'refuse' ? [settledAs(order.id, fate.reason)] : [],
      ),
    ],
    ...waitingOf(fates),
  };
};

const settledAs = (order: Id, reason: RefusalReason | null) => ({ order, reason });

type Fates = readonly { readonly order: PlayOrder; readonly fate: Fate }[];

const firstDue = (fates: Fates): OrderDecision['play'] => {
  for (const { order, fate } of fates) {
    if (fate.kind === 'begin') {
      return { order: order.id, playlist: order.playlist, startMs: fate.startMs };
    }
  }
  return null;
};

const waitingOf = (fates: Fates): Pick<OrderDecision, 'waitingUntilMs' | 'wakeMs'> => {
  let waitingUntilMs: number | null = null;
  let wakeMs: number | null = null;
  for (const { order, fate } of fates) {
    if (fate.kind === 'incomplete') wakeMs = earlier(wakeMs, order.expiresMs);
    if (fate.kind !== 'wait') continue;
    wakeMs = earlier(wakeMs, fate.startMs - LOAD_LEAD_MS);
    if (fate.forQuiet) waitingUntilMs = earlier(waitingUntilMs, fate.startMs);
  }
  return { waitingUntilMs, wakeMs };
};

const earlier = (a: number | null, b: number): number => (a === null ? b : Math.min(a, b));

const fateOf = (order: PlayOrder, input: OrdersInput): Fate => {
  const document = input.documents.get(order.playlist);
  const slots = document?.sessions[0]?.slots ?? [];
  const lacksClip = slots.some(({ clip }) => clip !== null && !input.hasClip(clip.sha256));
  if (input.nowMs >= order.expiresMs) {
    const missing = lacksClip ? 'clipMissing' : 'expired';
    return { kind: 'refuse', reason: document === undefined ? 'documentMissing' : missing };
  }
  if (document === undefined || lacksClip) return { kind: 'incomplete' };
  const first = slots[0];
  if (first === undefined) return { kind: 'refuse', reason: 'badMessage' };
  const soonestMs = Math.max(input.nowMs + LOAD_LEAD_MS, order.notBeforeMs);
  const startMs = firstPermitted(input.quiet, soonestMs, {
    durationMs: first.durationMs,
    uncertaintyMs: input.uncertaintyMs,
  });
  if (startMs >= order.expiresMs && startMs > soonestMs) {
    return { kind: 'refuse', reason: 'quietHours' };
  }
  const isDue = startMs <= input.nowMs + LOAD_LEAD_MS;
  return { kind: isDue ? 'begin' : 'wait', startMs, forQuiet: startMs > soonestMs };
};
