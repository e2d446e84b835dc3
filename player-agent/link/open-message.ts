import { openEnvelope, type TrustedKey } from '#core/envelope.ts';
import { isKnownZone } from '#runtime/day-table.ts';
import { byteCodec, publicKeyToKeyId, sha256, verifyEd25519 } from '#runtime/signing.ts';
import type { EnrolmentGrant } from '#schemas/enrolment.ts';
import { type Envelope, type Purpose, purposeSchema } from '#schemas/envelope.ts';
import { type Emergency, emergencySchema } from '#schemas/evidence.ts';
import { limitsSchema, type SpeakerLimits } from '#schemas/limits.ts';
import { type Permit, permitSchema } from '#schemas/make-good.ts';
import { type Playlist, playlistSchema } from '#schemas/playlist.ts';
import { type PlaylistPointer, pointerSchema } from '#schemas/pointer.ts';
import type { Problem } from '#schemas/problem.ts';
import type { RecordRange } from '#schemas/records/delivery.ts';
import { recordAckSchema, recordRangeSchema } from '#schemas/records/delivery.ts';
import type { RefusalReason } from '#schemas/records/reasons.ts';
import { type TimeAnswer, timeAnswerSchema } from '#schemas/signed-time.ts';
import { MAX_MESSAGE_BYTES, parseTopic, type TopicName, topics } from '#schemas/topics.ts';
import { parseJson } from '../log/record-line.ts';
import type { RefusedBody } from '../log/refusal-book.ts';
import type { LinkMessage } from '../ports/link.ts';

/** A message that is what it claims to be. */
export type Incoming =
  | { readonly kind: 'pointer'; readonly pointer: PlaylistPointer }
  | { readonly kind: 'limits'; readonly limits: SpeakerLimits }
  | { readonly kind: 'permit'; readonly permit: Permit }
  | { readonly kind: 'emergency'; readonly emergency: Emergency }
  | { readonly kind: 'timeAnswer'; readonly answer: TimeAnswer }
  | { readonly kind: 'recordAck'; readonly upTo: number }
  | { readonly kind: 'recordRange'; readonly range: RecordRange }
  | { readonly kind: 'plan'; readonly sha256: string; readonly playlist: Playlist };

/**
 * Why a message was not taken: `reason` is for the record, `problem` for the technician. A `what` of
 * null gets no record.
 */
export interface MessageRefusal {
  readonly kind: 'refused';
  readonly reason: RefusalReason;
  readonly problem: Problem;
  readonly what: RefusedBody['what'] | null;
}

type Grant = Pick<EnrolmentGrant, 'site' | 'speaker' | 'siteKeys'>;

/**
 * What a message says, once its size, its topic, its signature, its hash and its form hold. Null for
 * a message on a topic that the agent takes nothing from.
 */
export const openMessage = (
  message: LinkMessage,
  grant: Grant,
): Incoming | MessageRefusal | null => {
  const place = parseTopic(message.topic);
  if (place === undefined || place.values.site !== grant.site) return null;
  const { name, values } = place;
  const what = whatOf(name);
  if (message.payload.length > MAX_MESSAGE_BYTES) {
    const problem = { code: 'bodyTooLarge', maxBytes: MAX_MESSAGE_BYTES } as const;
    return { kind: 'refused', reason: 'badMessage', what, problem };
  }
  if (name === 'plan') return openPlan(values.sha256 ?? '', message.payload, grant);
  if (name !== 'emergency' && values.speaker !== grant.speaker) return null;
  const parsed = topics[name].payload.safeParse(parseJson(message.payload));
  if (!parsed.success) return malformed(name, what);
  const purpose = purposeSchema.safeParse(topics[name].purpose);
  if (purpose.success) {
    const signed = openSigned(parsed.data as Envelope, { purpose: purpose.data, what }, grant);
    const isMisplaced = signed?.kind === 'emergency' && signed.emergency.id !== values.emergency;
    return isMisplaced ? malformed(name, what) : signed;
  }
  if (name === 'recordAck') {
    return { kind: 'recordAck', upTo: recordAckSchema.parse(parsed.data).upTo };
  }
  if (name === 'recordRange') {
    return { kind: 'recordRange', range: recordRangeSchema.parse(parsed.data) };
  }
  return null;
};

const malformed = (contract: TopicName, what: MessageRefusal['what']): MessageRefusal => ({
  kind: 'refused',
  reason: 'badMessage',
  what,
  problem: { code: 'payloadInvalid', contract, detail: 'form' },
});

const whatOf = (name: TopicName): MessageRefusal['what'] => {
  if (name === 'pointer' || name === 'limits' || name === 'permit' || name === 'emergency') {
    return name;
  }
  return name === 'plan' ? 'playlist' : null;
};

const openPlan = (hash: string, payload: Uint8Array, grant: Grant): Incoming | MessageRefusal => {
  const found = sha256(payload);
  if (found !== hash) {
    const problem = { code: 'documentMismatch', expected: hash, found } as const;
    return { kind: 'refused', reason: 'documentHash', what: 'playlist', problem };
  }
  const playlist = playlistSchema.safeParse(parseJson(payload));
  if (!playlist.success || playlist.data.site !== grant.site) return malformed('plan', 'playlist');
  return { kind: 'plan', sha256: hash, playlist: playlist.data };
};

/** The keys a speaker trusts, for everything that the site signs. */
export const siteKeys = (grant: Pick<EnrolmentGrant, 'siteKeys'>): TrustedKey[] =>
  grant.siteKeys.map((key) => {
    const publicKey = Buffer.from(key, 'base64');
    return { keyId: publicKeyToKeyId(publicKey), publicKey, purposes: sitePurposes };
  });

const sitePurposes: readonly Purpose[] = [
  'pointer',
  'limits',
  'permit',
  'emergency',
  'time',
  'bundle',
];

const openSigned = (
  envelope: Envelope,
  { purpose, what }: { readonly purpose: Purpose; readonly what: MessageRefusal['what'] },
  grant: Grant,
): Incoming | MessageRefusal | null => {
  const keys = siteKeys(grant);
  const opened = openEnvelope({ envelope, purpose, keys, codec: byteCodec, verify: verifyEd25519 });
  if (!opened.ok) {
    const isForm = opened.problem.code === 'envelopeInvalid';
    const reason = isForm ? 'badMessage' : 'badSignature';
    return { kind: 'refused', reason, what, problem: opened.problem };
  }
  return readPayload(purpose, parseJson(opened.value));
};

/** What a payload whose signature holds says, if this is a purpose that speakers take. */
const readPayload = (purpose: Purpose, payload: unknown): Incoming | MessageRefusal | null => {
  switch (purpose) {
    case 'pointer': {
      const { data: pointer } = pointerSchema.safeParse(payload);
      return pointer ? { kind: 'pointer', pointer } : malformed('pointer', 'pointer');
    }
    case 'limits': {
      const { data: limits } = limitsSchema.safeParse(payload);
      const isUsable = limits !== undefined && isKnownZone(limits.zone);
      return isUsable ? { kind: 'limits', limits } : malformed('limits', 'limits');
    }
    case 'permit': {
      const { data: permit } = permitSchema.safeParse(payload);
      return permit ? { kind: 'permit', permit } : malformed('permit', 'permit');
    }
    case 'emergency': {
      const { data: emergency } = emergencySchema.safeParse(payload);
      return emergency ? { kind: 'emergency', emergency } : malformed('emergency', 'emergency');
    }
    case 'time': {
      const { data: answer } = timeAnswerSchema.safeParse(payload);
      return answer ? { kind: 'timeAnswer', answer } : malformed('timeAnswer', null);
    }
    default:
      return null;
  }
};
