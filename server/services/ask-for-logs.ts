import { createId } from '#runtime/clock.ts';
import type { Actor } from '#schemas/entities/bulletin.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import type { UpkeepRequest } from '#schemas/requests/upkeep.ts';
import { ok, type Result } from '#schemas/result.ts';
import type { CommitProblem } from '../ports/store.ts';
import { auditEntry } from './audit-entry.ts';
import { enrolledSpeakers, giveOrders, type OrderPorts } from './give-order.ts';

/** A speaker that comes back later than this delivers what it has by itself. */
const DROP_AFTER_MS = 24 * 3_600_000;

export interface AskedLog {
  readonly order: string;
  readonly speaker: string;
  /** The first record that the server does not have. */
  readonly fromSeq: number;
}

/**
 * Has the named speakers deliver, now and from the first record on that the server does not have,
 * everything that they recorded; also what the server had and lost, as after an old backup. Errors:
 * unknownSpeaker; changedMeanwhile, alreadyExists, diskFull. Source: schemas/pointer.ts.
 */
export const askForLogs = async (
  ports: OrderPorts,
  actor: Actor,
  request: UpkeepRequest,
): Promise<Result<readonly AskedLog[], ProblemOf<'unknownSpeaker'> | CommitProblem>> => {
  const speakers = await enrolledSpeakers(ports.store, request.speakers);
  if (!speakers.ok) return speakers;
  const expiresMs = Math.floor(ports.clock.wallMs()) + DROP_AFTER_MS;
  const asked: AskedLog[] = await Promise.all(
    speakers.value.map(async ({ id: speaker }) => {
      const { seq } = await ports.store.logHead(speaker);
      return { speaker, order: createId(ports.clock, ports.entropy), fromSeq: seq + 1 };
    }),
  );
  const orders = asked.map(({ speaker, order: id, fromSeq }) => ({
    speaker,
    drill: false,
    order: { kind: 'deliverLog', id, fromSeq, expiresMs } as const,
  }));
  const audit = orders.map(({ speaker, order }) =>
    auditEntry(ports, { actor, action: 'askForLog', subject: speaker, facts: { ...order } }),
  );
  const done = await giveOrders(ports, orders, { changes: [], audit });
  return done.ok ? ok(asked) : done;
};
