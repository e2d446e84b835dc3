import type { Revisioned } from '#core/playback/accept-revision.ts';
import type { Logger } from '#runtime/logger.ts';
import { sha256 } from '#runtime/signing.ts';
import type { EnrolmentGrant } from '#schemas/enrolment.ts';
import type { Problem } from '#schemas/problem.ts';
import type { TimeAsker } from '../clock/ask-time.ts';
import type { EmergencyFile } from '../emergency/emergency-file.ts';
import type { Delivery } from '../log/deliver.ts';
import type { RefusedBody } from '../log/refusal-book.ts';
import type { LinkMessage } from '../ports/link.ts';
import { refusalOf } from '../session/refusals.ts';
import type { HeldDocument } from './held-document.ts';
import { type Incoming, openMessage } from './open-message.ts';
import type { Received } from './received.ts';

/** Pointer, limits, permit or a document changed, or an emergency has come. */
export type OnNews = (
  kind: 'pointer' | 'limits' | 'permit' | 'emergency' | 'plan',
) => Promise<void>;

export interface TakeMessagePorts {
  readonly grant: EnrolmentGrant;
  readonly logger: Logger;
  readonly received: Received;
  readonly asker: TimeAsker;
  readonly delivery: Delivery;
  readonly emergencies: EmergencyFile;
  readonly refuse: (body: RefusedBody, message?: string) => void;
  readonly onNews: OnNews;
  /** Trusted wall time; null while untrusted. */
  readonly nowMs: () => number | null;
  /** Something could not be kept because the disk is full: ask for it again later. */
  readonly askAgainLater: () => void;
}

/**
 * Takes one message: refuses with a record what is not right, keeps what is, and passes it on. It
 * waits for no other message, so the link may wait for it.
 */
export const takeMessage = async (
  message: LinkMessage,
  arrivedPosMs: number,
  ports: TakeMessagePorts,
): Promise<void> => {
  const opened = openMessage(message, ports.grant);
  if (opened === null) {
    ports.logger.info({ event: 'messageIgnored', topic: message.topic });
  } else if (opened.kind === 'refused') {
    const { reason, problem } = opened;
    ports.logger.warn({ event: 'messageRefused', topic: message.topic, reason, problem });
    const about = `${message.topic} ${sha256(message.payload)}`;
    if (opened.what !== null) ports.refuse(refusalOf(opened.what, opened.reason), about);
  } else await take(opened, { message, arrivedPosMs }, ports);
};

interface Arrival {
  readonly message: LinkMessage;
  readonly arrivedPosMs: number;
}

const take = async (
  incoming: Incoming,
  { message, arrivedPosMs }: Arrival,
  ports: TakeMessagePorts,
): Promise<void> => {
  const { received, delivery } = ports;
  switch (incoming.kind) {
    case 'pointer':
      return offer('pointer', { held: received.pointer, next: incoming.pointer }, message, ports);
    case 'limits':
      return offer('limits', { held: received.limits, next: incoming.limits }, message, ports);
    case 'permit': {
      const { permit } = incoming;
      // It is kept, so that no older one can follow; what has expired permits nothing.
      if ((ports.nowMs() ?? 0) >= permit.expiresMs && permit.revision > heldRevision(received)) {
        ports.refuse(refusalOf('permit', 'expired'), sha256(message.payload));
      }
      return offer('permit', { held: received.permit, next: permit }, message, ports);
    }
    case 'emergency': {
      const { emergency } = incoming;
      const reason = ports.emergencies.offer(emergency, message.payload);
      ports.logger.info({ event: 'emergencyCame', emergency: emergency.id, reason });
      if (reason === null) return ports.onNews('emergency');
      return ports.refuse({ ...refusalOf('emergency', reason), emergency: emergency.id });
    }
    case 'plan':
      if (await received.plans.put(incoming.sha256, incoming.playlist, message.payload)) {
        return ports.onNews('plan');
      }
      return ports.askAgainLater();
    case 'timeAnswer':
      if (!ports.asker.answered(incoming.answer, arrivedPosMs)) {
        ports.logger.warn({ event: 'timeAnswerUnasked' });
      }
      return;
    case 'recordAck':
      return delivery.acknowledged(incoming.upTo);
    case 'recordRange':
      return delivery.missing(incoming.range);
  }
};

const heldRevision = ({ permit }: Received): number => permit.value()?.revision ?? 0;

interface Offer<T extends Revisioned> {
  readonly held: HeldDocument<T>;
  readonly next: T;
}

const offer = async <T extends Revisioned>(
  what: 'pointer' | 'limits' | 'permit',
  { held, next }: Offer<T>,
  ...[message, ports]: [LinkMessage, TakeMessagePorts]
): Promise<void> => {
  const reason = await held.offer(next, message.payload);
  if (reason === 'accept') return ports.onNews(what);
  if (reason === 'same') return;
  if (reason === 'diskFull') return ports.askAgainLater();
  const have = held.value()?.revision ?? 0;
  const problem: Problem =
    reason === 'oldRevision'
      ? { code: 'revisionOld', have, found: next.revision }
      : { code: 'wrongSpeaker', expected: ports.grant.speaker, found: next.speaker };
  ports.logger.warn({ event: 'messageRefused', topic: message.topic, reason, problem });
  ports.refuse(refusalOf(what, reason), sha256(message.payload));
};
