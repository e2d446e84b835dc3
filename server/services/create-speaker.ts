import { createId } from '#runtime/clock.ts';
import type { Actor } from '#schemas/entities/bulletin.ts';
import type { Speaker } from '#schemas/entities/site.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import type { CreateSpeakerRequest } from '#schemas/requests/site.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { CommitProblem } from '../ports/store.ts';
import { auditEntry } from './audit-entry.ts';
import { type IssuedCode, makeEnrolmentCode } from './issue-enrolment-code.ts';

/**
 * A new speaker in a unit, waiting for its machine, and the code that this machine shows. Errors:
 * unknownUnit, diskFull.
 */
export const createSpeaker = async (
  ports: Pick<ServerPorts, 'store' | 'clock' | 'entropy'>,
  actor: Actor,
  request: CreateSpeakerRequest,
): Promise<
  Result<{ speaker: Speaker; enrolment: IssuedCode }, ProblemOf<'unknownUnit'> | CommitProblem>
> => {
  const units = await ports.store.units();
  if (!units.some((unit) => unit.id === request.unit)) {
    return refuse({ code: 'unknownUnit', unit: request.unit });
  }
  const nowMs = Math.floor(ports.clock.wallMs());
  const speaker = awaitingSpeaker(createId(ports.clock, ports.entropy), request, nowMs);
  const { told, kept } = makeEnrolmentCode(ports.entropy, speaker.id, nowMs);
  const done = await ports.store.commit({
    changes: [
      { do: 'insert', what: 'speaker', value: speaker },
      { do: 'insert', what: 'enrolmentCode', value: kept },
    ],
    audit: [
      auditEntry(ports, { actor, action: 'createSpeaker', subject: speaker.id, facts: request }),
    ],
  });
  return done.ok ? ok({ speaker, enrolment: told }) : done;
};

/** A speaker whose machine has not shown itself yet. */
export const awaitingSpeaker = (
  id: string,
  place: Pick<Speaker, 'unit' | 'name' | 'volume'>,
  createdMs: number,
): Speaker => ({
  id,
  unit: place.unit,
  name: place.name,
  state: 'awaiting',
  publicKey: null,
  keyId: null,
  volume: place.volume,
  createdMs,
  enrolledMs: null,
  removedMs: null,
});
