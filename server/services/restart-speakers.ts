import { createId } from '#runtime/clock.ts';
import type { Actor } from '#schemas/entities/bulletin.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import type { UpkeepRequest } from '#schemas/requests/upkeep.ts';
import { ok, type Result } from '#schemas/result.ts';
import type { CommitProblem } from '../ports/store.ts';
import { auditEntry } from './audit-entry.ts';
import { enrolledSpeakers, type GivenOrder, giveOrders, type OrderPorts } from './give-order.ts';

/** A speaker that comes back later than this is not surprised by a restart. */
const DROP_AFTER_MS = 60 * 60_000;

export interface RestartAnswer {
  readonly order: string;
  readonly speaker: string;
}

/**
 * Has the programs of the named speakers start anew, once; what sounds breaks off and is joined again,
 * and an emergency is let end first. Errors: unknownSpeaker; changedMeanwhile, alreadyExists, diskFull.
 * Source: schemas/pointer.ts.
 */
export const restartSpeakers = async (
  ports: OrderPorts,
  actor: Actor,
  request: UpkeepRequest,
): Promise<Result<readonly RestartAnswer[], ProblemOf<'unknownSpeaker'> | CommitProblem>> => {
  const speakers = await enrolledSpeakers(ports.store, request.speakers);
  if (!speakers.ok) return speakers;
  const givenMs = Math.floor(ports.clock.wallMs());
  const expiresMs = givenMs + DROP_AFTER_MS;
  const orders: GivenOrder[] = speakers.value.map(({ id }) => ({
    speaker: id,
    drill: false,
    order: { kind: 'restart', id: createId(ports.clock, ports.entropy), givenMs, expiresMs },
  }));
  const audit = orders.map(({ speaker, order }) =>
    auditEntry(ports, { actor, action: 'restartSpeaker', subject: speaker, facts: { ...order } }),
  );
  const done = await giveOrders(ports, orders, { changes: [], audit });
  return done.ok ? ok(orders.map(({ speaker, order }) => ({ speaker, order: order.id }))) : done;
};
