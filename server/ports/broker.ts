import type * as z from 'zod';
import type { TopicName, TopicValues, topics } from '#schemas/topics.ts';

/** A message of a topic of the table, from a speaker, parsed as the table says. */
export type ArrivedMessage = {
  readonly [K in TopicName]: {
    readonly name: K;
    readonly values: TopicValues;
    readonly payload: z.output<(typeof topics)[K]['payload']>;
  };
}[TopicName];

/**
 * The MQTT side of the server, whether the broker is inside or elsewhere. `publish` resolves when
 * the broker has the message (QoS 1). A payload that is not in its topic's form never arrives; it
 * is counted and logged.
 */
export interface Broker {
  publish(message: {
    readonly topic: string;
    readonly payload: string;
    readonly retain: boolean;
  }): Promise<void>;
  onMessage(handler: (message: ArrivedMessage) => Promise<void>): void;
  /** Calls `handler` each time the broker can be reached (again): its retained messages may be gone. */
  onUp(handler: () => void): void;
  /** Lets a new speaker in, with the rights that the topic table gives it. `secret` is shown once. */
  admit(speaker: string, secret: string): Promise<void>;
  /** Shuts a speaker out and ends its connection. */
  expel(speaker: string): Promise<void>;
  close(): Promise<void>;
}
