import type { Logger } from '#runtime/logger.ts';
import { sha256 } from '#runtime/signing.ts';
import type { EnrolmentGrant } from '#schemas/enrolment.ts';
import type { TimeAsker } from '../clock/ask-time.ts';
import type { Delivery } from '../log/deliver.ts';
import type { RefusedBody } from '../log/refusal-book.ts';
import type { LinkMessage } from '../ports/link.ts';
import { refusalOf } from '../session/refusals.ts';
import { type Incoming, openMessage } from './open-message.ts';
import type { Received } from './received.ts';

export interface TakeMessagePorts {
  readonly grant: EnrolmentGrant;
  readonly logger: Logger;
  readonly received: Received;
  readonly asker: TimeAsker;
  readonly delivery: Delivery;
  readonly refuse: (body: RefusedBody, message?: string) => void;
  /** Pointer, limits or a document changed. */
  readonly onNews: (kind: 'pointer' | 'limits' | 'plan') => Promise<void>;
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
    ports.logger.warn({ event: 'messageRefused', topic: message.topic, reason: opened.reason });
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
  const bytes = message.payload;
  switch (incoming.kind) {
    case 'pointer':
      return settle(
        'pointer',
        await received.pointer.offer(incoming.pointer, bytes),
        message,
        ports,
      );
    case 'limits':
      return settle('limits', await received.limits.offer(incoming.limits, bytes), message, ports);
    case 'plan':
      if (await received.plans.put(incoming.sha256, incoming.playlist, bytes)) {
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

type Offered = Awaited<ReturnType<Received['pointer']['offer']>>;

const settle = async (
  what: 'pointer' | 'limits',
  offered: Offered,
  ...[message, ports]: [LinkMessage, TakeMessagePorts]
): Promise<void> => {
  if (offered === 'accept') return ports.onNews(what);
  if (offered === 'same') return;
  if (offered === 'diskFull') return ports.askAgainLater();
  ports.logger.warn({ event: 'messageRefused', topic: message.topic, reason: offered });
  ports.refuse(refusalOf(what, offered), sha256(message.payload));
};
