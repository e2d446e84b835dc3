import type { Clock } from '#runtime/clock.ts';
import type { Logger } from '#runtime/logger.ts';
import type { Health } from '#schemas/health.ts';
import type { Problem } from '#schemas/problem.ts';
import type { RecordBatch } from '#schemas/records/delivery.ts';
import type { Result } from '#schemas/result.ts';
import type { TimeQuestion } from '#schemas/signed-time.ts';
import type { ArrivedMessage, Broker } from '../ports/broker.ts';
import type { SpeakerWatch } from '../ports/speaker-watch.ts';
import { createSpeakerQueues, type SpeakerQueues } from './speaker-queues.ts';

/** Batches of one speaker that may wait; what finds no room is sent again by the speaker. */
const MAX_BATCHES_PER_SPEAKER = 4;
const MAX_BATCHES = 512;

export interface SpeakerDoorOptions {
  readonly broker: Pick<Broker, 'onMessage'>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly watch: SpeakerWatch;
  readonly answerTime: (
    speaker: string,
    question: TimeQuestion,
  ) => Promise<Result<unknown, Problem>>;
  readonly keepReport: (speaker: string, health: Health) => Promise<Result<unknown, Problem>>;
  readonly receiveRecords: (
    speaker: string,
    batch: RecordBatch,
  ) => Promise<Result<unknown, Problem>>;
}

/** Where messages of speakers come in: each is brought to the service that it is for. */
export interface SpeakerDoor {
  /** Resolves when every batch that was taken is through. */
  idle(): Promise<void>;
}

/**
 * Listens to everything that speakers send. Batches of records are handled one at a time for each
 * speaker. Source: DESIGN.md, the way of a broadcast, 7.
 */
export const openSpeakerDoor = (options: SpeakerDoorOptions): SpeakerDoor => {
  const { broker, log } = options;
  const queues = createSpeakerQueues({
    mostPerSpeaker: MAX_BATCHES_PER_SPEAKER,
    mostOfAll: MAX_BATCHES,
    onError: (speaker, error) =>
      log.error({ event: 'recordsFailed', speaker, error: String(error) }),
  });
  broker.onMessage(async (message) => {
    const { speaker } = message.values;
    if (speaker !== undefined) await handle({ ...options, queues }, speaker, message);
  });
  return { idle: queues.idle };
};

const handle = async (
  options: SpeakerDoorOptions & { readonly queues: SpeakerQueues },
  speaker: string,
  message: ArrivedMessage,
): Promise<void> => {
  const { watch, clock, log, queues } = options;
  const tell = (outcome: Result<unknown, Problem>): void => {
    if (!outcome.ok) log.warn({ event: `${message.name}Refused`, speaker, ...outcome.problem });
  };
  switch (message.name) {
    case 'timeQuestion':
      return tell(await options.answerTime(speaker, message.payload));
    case 'recordBatch': {
      const taken = queues.add(speaker, async () =>
        tell(await options.receiveRecords(speaker, message.payload)),
      );
      if (!taken) log.warn({ event: 'recordBatchDropped', speaker });
      return;
    }
    case 'health':
      watch.noteHealth(speaker, message.payload, clock.wallMs());
      return tell(await options.keepReport(speaker, message.payload));
    case 'presence':
      return watch.notePresence(speaker, message.payload.online, clock.wallMs());
    default:
      return;
  }
};
