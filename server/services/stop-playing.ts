import { createId } from '#runtime/clock.ts';
import type { Actor } from '#schemas/entities/bulletin.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import type { StopPlayingRequest } from '#schemas/requests/play.ts';
import { ok, type Result } from '#schemas/result.ts';
import type { CommitProblem } from '../ports/store.ts';
import { auditEntry } from './audit-entry.ts';
import { enrolledSpeakers, type GivenOrder, giveOrders, type OrderPorts } from './give-order.ts';

/** A speaker that comes back later than this has nothing left to stop. */
const DROP_AFTER_MS = 60 * 60_000;

export interface StopAnswer {
  readonly order: string;
  readonly speaker: string;
}

/**
 * Ends what sounds on the named speakers, and what was ordered by hand before. Sessions that are
 * planned for later are played. Errors: unknownSpeaker; changedMeanwhile, alreadyExists, diskFull.
 * Source: schemas/pointer.ts.
 */
export const stopPlaying = async (
  ports: OrderPorts,
  actor: Actor,
  request: StopPlayingRequest,
): Promise<Result<readonly StopAnswer[], ProblemOf<'unknownSpeaker'> | CommitProblem>> => {
  const speakers = await enrolledSpeakers(ports.store, request.speakers);
  if (!speakers.ok) return speakers;
  const expiresMs = Math.floor(ports.clock.wallMs()) + DROP_AFTER_MS;
  const orders: GivenOrder[] = speakers.value.map(({ id }) => ({
    speaker: id,
    drill: false,
    order: { kind: 'stop', id: createId(ports.clock, ports.entropy), expiresMs },
  }));
  const audit = orders.map(({ speaker, order }) =>
    auditEntry(ports, { actor, action: 'stopPlaying', subject: speaker, facts: { ...order } }),
  );
  const done = await giveOrders(ports, orders, { changes: [], audit });
  return done.ok ? ok(orders.map(({ speaker, order }) => ({ speaker, order: order.id }))) : done;
};
