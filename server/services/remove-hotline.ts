import type { Actor } from '#schemas/entities/bulletin.ts';
import type { Hotline } from '#schemas/entities/hotline.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { CommitProblem } from '../ports/store.ts';
import { auditEntry } from './audit-entry.ts';
import { changedSince } from './changed-since.ts';
import { holdBack } from './hold-back.ts';

/** Which number, and as it was seen; with `holdBack` what is on the air and says it falls silent at once. */
export interface HotlineRemoval {
  readonly id: string;
  readonly holdBack: boolean;
  readonly seen?: Hotline['number'];
}

/**
 * Takes a number away with its key and its place. From then on scripts that ask for the key read what
 * holds for a unit above, and are spoken anew; where there is none, they lack a number. What is on the
 * air goes on meanwhile, unless it is to be held back. The audit keeps what stood, which is the answer; who took
 * it away has made what is spoken anew because of it. Errors: notFound, overtaken (it is
 * another number than was seen), changedMeanwhile, diskFull.
 * Source: issue 6, 5; ADR 0021; ADR 0031.
 */
export const removeHotline = async (
  ports: Pick<ServerPorts, 'store' | 'clock' | 'entropy'>,
  actor: Actor,
  request: HotlineRemoval,
): Promise<Result<Hotline, ProblemOf<'notFound' | 'overtaken'> | CommitProblem>> => {
  const { id } = request;
  const known = await ports.store.hotlines();
  const line = known.find((each) => each.id === id);
  if (line === undefined) return refuse({ code: 'notFound', what: 'hotline', id });
  const seen = request.seen === undefined ? undefined : { number: request.seen };
  const overtaken = changedSince(seen, { number: line.number });
  if (overtaken !== undefined) return refuse(overtaken);
  const left = known.filter((each) => each.id !== id);
  const heldBack = request.holdBack ? await holdBack(ports, line.key, left) : [];
  const { key, kind, name, unit, number } = line;
  const changedMs = Math.floor(ports.clock.wallMs());
  const facts = {
    ...{ key, kind, name, unit, number },
    heldBack: heldBack.map(({ guard }) => guard.id),
  };
  const done = await ports.store.commit({
    guards: [{ kind: 'sameHotline', value: line }, ...heldBack.map(({ guard }) => guard)],
    changes: [
      { do: 'remove', what: 'hotline', value: line },
      { do: 'put', what: 'hotlineRemoval', value: { key, unit, changedBy: actor, changedMs } },
      ...heldBack.map(({ change }) => change),
    ],
    audit: [auditEntry(ports, { actor, action: 'removeHotline', subject: id, facts })],
  });
  return done.ok ? ok(line) : done;
};
