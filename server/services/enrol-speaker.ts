import { byteCodec, publicKeyToKeyId, sha256, verifyEd25519 } from '#runtime/signing.ts';
import {
  type EnrolmentGrant,
  type EnrolmentRequest,
  enrolmentProofText,
} from '#schemas/enrolment.ts';
import type { Speaker } from '#schemas/entities/site.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { ServerAddresses, ServerPorts } from '../ports/server-ports.ts';
import type { CommitProblem, EnrolmentCode } from '../ports/store.ts';
import { auditEntry } from './audit-entry.ts';
import { enrolmentCodeHash } from './issue-enrolment-code.ts';
import { knownSite } from './known-site.ts';
import { randomSecret } from './random-text.ts';

type Ports = Pick<
  ServerPorts,
  'store' | 'clock' | 'entropy' | 'broker' | 'keys' | 'authority' | 'log'
>;
type CodeProblem = ProblemOf<
  'enrolmentCodeUnknown' | 'enrolmentCodeExpired' | 'enrolmentProofWrong'
>;
export type EnrolProblem = CodeProblem | ProblemOf<'brokerUnreachable'> | CommitProblem;

/** What a machine asks for, and where it has reached the server and its broker. */
export interface EnrolmentAsked {
  readonly request: EnrolmentRequest;
  readonly reached: ServerAddresses;
}

/** The hash that a speaker's secret is known by. */
export const speakerSecretHash = (secret: string): string => sha256(byteCodec.textToBytes(secret));

/**
 * Lets a machine be the speaker that the code was issued for: its key is remembered, the broker
 * admits it, and the grant says how to sign in at the addresses that it has reached. The secret in the grant is kept nowhere. Errors:
 * enrolmentCodeUnknown (also when used), enrolmentCodeExpired, enrolmentProofWrong,
 * brokerUnreachable (the code stays good), changedMeanwhile, diskFull. Source: schemas/enrolment.ts.
 */
export const enrolSpeaker = async (
  ports: Ports,
  { request, reached }: EnrolmentAsked,
): Promise<Result<EnrolmentGrant, EnrolProblem>> => {
  const checked = await checkCode(ports, request);
  if (!checked.ok) return checked;
  const { kept, speaker } = checked.value;
  const secret = randomSecret(ports.entropy);
  const done = await rememberSpeaker(ports, { request, kept, speaker, secret });
  if (!done.ok) return done;
  try {
    await ports.broker.admit(speaker.id, secret);
  } catch (error) {
    ports.log.error({ event: 'speakerNotAdmitted', speaker: speaker.id, error: String(error) });
    await forgetSpeaker(ports, { kept, speaker });
    return refuse({ code: 'brokerUnreachable', url: reached.brokerUrl });
  }
  ports.log.info({ event: 'speakerEnrolled', speaker: speaker.id });
  return ok(await makeGrant(ports, { speaker: speaker.id, secret, reached }));
};

const checkCode = async (
  { store, clock }: Ports,
  request: EnrolmentRequest,
): Promise<Result<{ kept: EnrolmentCode; speaker: Speaker }, CodeProblem>> => {
  const kept = await store.enrolmentCode(enrolmentCodeHash(request.code));
  const speaker = kept && (await store.speakerById(kept.speaker));
  if (kept === undefined || kept.usedMs !== null || speaker?.state !== 'awaiting') {
    return refuse({ code: 'enrolmentCodeUnknown' });
  }
  if (kept.expiresMs <= clock.wallMs()) return refuse({ code: 'enrolmentCodeExpired' });
  return isProofRight(request) ? ok({ kept, speaker }) : refuse({ code: 'enrolmentProofWrong' });
};

const isProofRight = ({ code, publicKey, proof }: EnrolmentRequest): boolean => {
  const key = byteCodec.base64ToBytes(publicKey);
  const signature = byteCodec.base64ToBytes(proof);
  const message = byteCodec.textToBytes(enrolmentProofText(code, publicKey));
  return (
    key !== undefined &&
    signature !== undefined &&
    verifyEd25519({ publicKey: key, message, signature })
  );
};

interface Enrolment {
  readonly request: EnrolmentRequest;
  readonly kept: EnrolmentCode;
  readonly speaker: Speaker;
  readonly secret: string;
}

const rememberSpeaker = (ports: Ports, { request, kept, speaker, secret }: Enrolment) => {
  const nowMs = Math.floor(ports.clock.wallMs());
  const keyId = publicKeyToKeyId(Buffer.from(request.publicKey, 'base64'));
  const { publicKey } = request;
  return ports.store.commit({
    guards: [
      { kind: 'codeUnused', codeHash: kept.codeHash },
      { kind: 'speakerAwaiting', speaker: speaker.id },
    ],
    changes: [
      { do: 'put', what: 'enrolmentCode', value: { ...kept, usedMs: nowMs } },
      {
        do: 'put',
        what: 'speaker',
        value: { ...speaker, state: 'enrolled', publicKey, keyId, enrolledMs: nowMs },
      },
      {
        do: 'put',
        what: 'speakerSecret',
        value: { speaker: speaker.id, secretHash: speakerSecretHash(secret) },
      },
    ],
    audit: [
      auditEntry(ports, {
        actor: { kind: 'speaker', id: speaker.id },
        action: 'enrolSpeaker',
        subject: speaker.id,
        facts: { keyId },
      }),
    ],
  });
};

/** The broker would not have it: the speaker waits again and its code is good as before. */
const forgetSpeaker = async (
  ports: Ports,
  { kept, speaker }: Pick<Enrolment, 'kept' | 'speaker'>,
): Promise<void> => {
  const done = await ports.store.commit({
    changes: [
      { do: 'put', what: 'enrolmentCode', value: kept },
      { do: 'put', what: 'speaker', value: speaker },
    ],
    audit: [
      auditEntry(ports, {
        actor: { kind: 'system', id: 'server' },
        action: 'undoEnrolment',
        subject: speaker.id,
      }),
    ],
  });
  if (!done.ok) ports.log.error({ event: 'enrolmentNotUndone', speaker: speaker.id });
};

interface Granting {
  readonly speaker: string;
  readonly secret: string;
  readonly reached: ServerAddresses;
}

const makeGrant = async (
  { store, keys, authority }: Ports,
  { speaker, secret, reached }: Granting,
): Promise<EnrolmentGrant> => {
  const { slug, zone } = await knownSite(store);
  return {
    v: 1,
    site: slug,
    zone,
    speaker,
    siteKeys: [Buffer.from(keys.signer.publicKey).toString('base64')],
    broker: { url: reached.brokerUrl, username: speaker, password: secret },
    clips: { url: `${reached.httpUrl}/clips` },
    ...(authority !== undefined && { authority: authority.certificatePem }),
  };
};
