import type { Speaker } from '#schemas/entities/site.ts';
import type { Order } from '#schemas/pointer.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { CommitProblem, Work } from '../ports/store.ts';
import type { StoredOrder } from '../ports/stored-plan.ts';
import { knownSite } from './known-site.ts';
import { isTakenOff } from './plan-facts.ts';
import { type Pointing, pointSpeaker } from './point-speaker.ts';

/** How often orders are written anew because plans were made meanwhile. */
const MAX_TRIES = 5;

export type OrderPorts = Pick<ServerPorts, 'store' | 'keys' | 'clock' | 'entropy'>;

/** One order for one speaker. */
export interface GivenOrder {
  readonly speaker: string;
  readonly order: Order;
  readonly drill: boolean;
}

/** The speakers of these ids, each once. Errors: unknownSpeaker (also one that is not enrolled). */
export const enrolledSpeakers = async (
  store: OrderPorts['store'],
  ids: readonly string[],
): Promise<Result<readonly Speaker[], ProblemOf<'unknownSpeaker'>>> => {
  const found: Speaker[] = [];
  for (const id of new Set(ids)) {
    const speaker = await store.speakerById(id);
    if (speaker?.state !== 'enrolled') return refuse({ code: 'unknownSpeaker', speaker: id });
    found.push(speaker);
  }
  return ok(found);
};

/**
 * Puts the orders into the signed pointers of their speakers, all in one commit with `work`.
 * Errors: changedMeanwhile, alreadyExists, diskFull. Source: schemas/pointer.ts.
 */
export const giveOrders = async (
  ports: OrderPorts,
  orders: readonly GivenOrder[],
  work: Work,
): Promise<Result<void, CommitProblem>> => {
  let tried = await tryOrders(ports, orders, work);
  for (let tries = 1; tries < MAX_TRIES && isOvertaken(tried); tries += 1) {
    tried = await tryOrders(ports, orders, work);
  }
  return tried;
};

const isOvertaken = (tried: Result<unknown, CommitProblem>): boolean =>
  !tried.ok && tried.problem.code === 'changedMeanwhile';

const tryOrders = async (
  ports: OrderPorts,
  orders: readonly GivenOrder[],
  work: Work,
): Promise<Result<void, CommitProblem>> => {
  const nowMs = Math.floor(ports.clock.wallMs());
  const stored: StoredOrder[] = orders.map((order) => ({ ...order, createdMs: nowMs }));
  const pointings = await Promise.all(stored.map((order) => pointWithOrder(ports, order)));
  const made = pointings.filter((pointing) => pointing !== undefined);
  return ports.store.commit({
    ...work,
    changes: [
      ...work.changes,
      ...stored.map((value) => ({ do: 'insert', what: 'order', value }) as const),
      ...made.map(({ change }) => change),
    ],
    guards: [...(work.guards ?? []), ...made.map(({ guard }) => guard)],
    outbox: [...(work.outbox ?? []), ...made.map(({ message }) => message)],
  });
};

const pointWithOrder = async (
  ports: OrderPorts,
  { speaker, order, createdMs }: StoredOrder,
): Promise<Pointing | undefined> => {
  const { slug: site } = await knownSite(ports.store);
  const stored = await ports.store.pointerOf(speaker);
  const standing = await ports.store.ordersOf(speaker, createdMs);
  const orders = [...standing.map((known) => known.order), order];
  const withdrawn = (await ports.store.bulletins())
    .filter((bulletin) => isTakenOff(bulletin) && bulletin.expiresMs > createdMs)
    .map(({ id }) => id)
    .sort();
  const content = { days: stored?.days ?? {}, orders, withdrawn };
  return pointSpeaker(ports, { site, speaker, stored, content });
};
