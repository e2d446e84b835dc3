import type { Logger } from '#runtime/logger.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import { MAX_MESSAGE_BYTES, parseTopic, topics } from '#schemas/topics.ts';
import type { ArrivedMessage } from '../ports/broker.ts';
import { readJson } from './read-json.ts';

type ArrivalProblem = ProblemOf<'payloadInvalid' | 'bodyTooLarge' | 'notFound'>;

/**
 * A message of the topic table, parsed as the table says.
 * Errors: notFound (no topic that a speaker writes), bodyTooLarge, payloadInvalid.
 */
export const readArrival = (
  topic: string,
  payload: Uint8Array,
): Result<ArrivedMessage, ArrivalProblem> => {
  const parsed = parseTopic(topic);
  if (parsed === undefined || topics[parsed.name].writer !== 'speaker') {
    return refuse({ code: 'notFound', what: 'topic', id: topic });
  }
  if (payload.length > MAX_MESSAGE_BYTES) {
    return refuse({ code: 'bodyTooLarge', maxBytes: MAX_MESSAGE_BYTES });
  }
  const value = topics[parsed.name].payload.safeParse(readJson(payload));
  // The table pairs each name with its payload's form; the union does not remember that.
  return value.success
    ? ok({ ...parsed, payload: value.data } as ArrivedMessage)
    : refuse({ code: 'payloadInvalid', contract: parsed.name, detail: 'form' });
};

/** Where both brokers hand over what speakers sent. */
export interface Arrivals {
  onMessage(handler: (message: ArrivedMessage) => Promise<void>): void;
  take(topic: string, payload: Uint8Array): void;
}

/**
 * Calls every handler with what is in its topic's form, and counts and logs the rest. A handler
 * that fails is logged: the sender repeats what was not acknowledged.
 */
export const createArrivals = (log: Logger): Arrivals => {
  const handlers: ((message: ArrivedMessage) => Promise<void>)[] = [];
  let refused = 0;
  return {
    onMessage: (handler) => {
      handlers.push(handler);
    },
    take: (topic, payload) => {
      if (payload.length === 0) return;
      const arrival = readArrival(topic, payload);
      if (!arrival.ok) {
        refused += 1;
        const { length: bytes } = payload;
        log.warn({ event: 'messageRefused', refused, topic, bytes, ...arrival.problem });
        return;
      }
      for (const handler of handlers) {
        handler(arrival.value).catch((error: unknown) => {
          log.error({ event: 'messageHandlerFailed', topic, error: String(error) });
        });
      }
    },
  };
};
