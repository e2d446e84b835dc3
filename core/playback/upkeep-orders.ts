import type { Order } from '#schemas/pointer.ts';
import type { Id } from '#schemas/primitives.ts';

/** What is to be done about the orders that let nothing sound. */
export interface UpkeepDecision {
  /** Start anew. */
  readonly isRestart: boolean;
  /** Deliver the log again from this number on; null when nobody asks for it. */
  readonly deliverFromSeq: number | null;
  /** Every order that was decided, carried out or not; `expired` where it came too late. */
  readonly settled: readonly { readonly order: Id; readonly reason: 'expired' | null }[];
}

export interface UpkeepInput {
  readonly orders: readonly Order[];
  readonly isSettled: (order: Id) => boolean;
  /** Whether nothing sounds that no restart may cut off; until then a restart waits. */
  readonly mayRestart: boolean;
  readonly nowMs: number;
  /** When this run of the speaker's program began, in epoch milliseconds. */
  readonly startedMs: number;
}

/**
 * Which orders to restart and to deliver the log are due: each is decided once, at the first look that may. A
 * restart that was ordered before this run began has been done by its beginning, so that a speaker
 * which could not write down that it is settled does not start for ever. Instants are epoch
 * milliseconds. Source: schemas/pointer.ts (orders).
 */
export const decideUpkeep = (input: UpkeepInput): UpkeepDecision => {
  const { nowMs, startedMs } = input;
  const open = input.orders
    .filter(({ id }) => !input.isSettled(id))
    .filter(isUpkeep)
    .filter(({ kind }) => kind !== 'restart' || input.mayRestart);
  const due = open.filter(({ expiresMs }) => nowMs < expiresMs);
  const froms = due.flatMap((order) => (order.kind === 'deliverLog' ? order.fromSeq : []));
  return {
    isRestart: due.some((order) => order.kind === 'restart' && startedMs <= order.givenMs),
    deliverFromSeq: froms.length === 0 ? null : Math.min(...froms),
    settled: open.map((order) => ({
      order: order.id,
      reason: due.includes(order) ? null : 'expired',
    })),
  };
};

type UpkeepOrder = Extract<Order, { kind: 'restart' | 'deliverLog' }>;

const isUpkeep = (order: Order): order is UpkeepOrder =>
  order.kind === 'restart' || order.kind === 'deliverLog';
