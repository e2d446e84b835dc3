import type { Entropy } from '#runtime/clock.ts';
import { byteCodec, sha256 } from '#runtime/signing.ts';
import type { Actor } from '#schemas/entities/bulletin.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { CommitProblem, EnrolmentCode } from '../ports/store.ts';
import { auditEntry } from './audit-entry.ts';
import { inGroups, randomText } from './random-text.ts';

const CODE_CHARS = 8;
const CODE_LIFE_MS = 24 * 3_600_000;

/** A code as it is told to a person; only its hash is kept. */
export interface IssuedCode {
  readonly speaker: string;
  readonly code: string;
  readonly expiresMs: number;
}

/** What the store knows a code by. `code` is without its dash. */
export const enrolmentCodeHash = (code: string): string => sha256(byteCodec.textToBytes(code));

/** A fresh code, good once and for 24 hours, and what the store keeps of it. */
export const makeEnrolmentCode = (
  entropy: Entropy,
  speaker: string,
  nowMs: number,
): { told: IssuedCode; kept: EnrolmentCode } => {
  const code = randomText(entropy, CODE_CHARS);
  const expiresMs = Math.floor(nowMs) + CODE_LIFE_MS;
  return {
    told: { speaker, code: inGroups(code), expiresMs },
    kept: { codeHash: enrolmentCodeHash(code), speaker, expiresMs, usedMs: null },
  };
};

/**
 * A code with which a waiting speaker can be enrolled, once, within 24 hours. Errors:
 * unknownSpeaker, wrongState (it is enrolled or removed), diskFull.
 */
export const issueEnrolmentCode = async (
  ports: Pick<ServerPorts, 'store' | 'clock' | 'entropy'>,
  actor: Actor,
  id: string,
): Promise<Result<IssuedCode, ProblemOf<'unknownSpeaker' | 'wrongState'> | CommitProblem>> => {
  const speaker = await ports.store.speakerById(id);
  if (speaker === undefined) return refuse({ code: 'unknownSpeaker', speaker: id });
  if (speaker.state !== 'awaiting') {
    return refuse({ code: 'wrongState', what: 'speaker', state: speaker.state });
  }
  const { told, kept } = makeEnrolmentCode(ports.entropy, id, ports.clock.wallMs());
  const done = await ports.store.commit({
    changes: [{ do: 'insert', what: 'enrolmentCode', value: kept }],
    audit: [auditEntry(ports, { actor, action: 'issueEnrolmentCode', subject: id })],
  });
  return done.ok ? ok(told) : done;
};
