import type * as z from 'zod';
import { envelopeSchema, type Purpose } from './envelope.ts';
import { healthSchema, presenceSchema } from './health.ts';
import { playlistSchema } from './playlist.ts';
import { recordAckSchema, recordBatchSchema, recordRangeSchema } from './records/delivery.ts';
import { timeQuestionSchema } from './signed-time.ts';

/** Who stands at an end of a topic: the server, the speaker the topic names, or any speaker. */
export type Party = 'server' | 'speaker' | 'anySpeaker';

/**
 * One topic: its levels (`{site}`, `{speaker}`, `{sha256}` and `{emergency}` are filled in), what its
 * payload is, who may write and who may read it, whether the broker keeps the last message, and for
 * an envelope its one purpose.
 */
export interface TopicRule {
  readonly levels: string;
  readonly payload: z.ZodType;
  readonly writer: Party;
  readonly reader: Party;
  readonly retain: boolean;
  readonly purpose: Purpose | null;
}

const speaker = 'tl/v1/{site}/speakers/{speaker}';

/**
 * Every topic there is. Broker policies, subscriptions and payload checks are made from this table
 * and from nothing else; MQTT 3.1.1, QoS 1, no reliance on order across topics.
 * Source: DESIGN.md, contracts.
 */
export const topics = {
  pointer: {
    levels: `${speaker}/pointer`,
    payload: envelopeSchema,
    writer: 'server',
    reader: 'speaker',
    retain: true,
    purpose: 'pointer',
  },
  limits: {
    levels: `${speaker}/limits`,
    payload: envelopeSchema,
    writer: 'server',
    reader: 'speaker',
    retain: true,
    purpose: 'limits',
  },
  permit: {
    levels: `${speaker}/permit`,
    payload: envelopeSchema,
    writer: 'server',
    reader: 'speaker',
    retain: true,
    purpose: 'permit',
  },
  timeAnswer: {
    levels: `${speaker}/time/answer`,
    payload: envelopeSchema,
    writer: 'server',
    reader: 'speaker',
    retain: false,
    purpose: 'time',
  },
  timeQuestion: {
    levels: `${speaker}/time/question`,
    payload: timeQuestionSchema,
    writer: 'speaker',
    reader: 'server',
    retain: false,
    purpose: null,
  },
  recordBatch: {
    levels: `${speaker}/log/records`,
    payload: recordBatchSchema,
    writer: 'speaker',
    reader: 'server',
    retain: false,
    purpose: null,
  },
  recordAck: {
    levels: `${speaker}/log/ack`,
    payload: recordAckSchema,
    writer: 'server',
    reader: 'speaker',
    retain: false,
    purpose: null,
  },
  recordRange: {
    levels: `${speaker}/log/missing`,
    payload: recordRangeSchema,
    writer: 'server',
    reader: 'speaker',
    retain: false,
    purpose: null,
  },
  health: {
    levels: `${speaker}/health`,
    payload: healthSchema,
    writer: 'speaker',
    reader: 'server',
    retain: true,
    purpose: null,
  },
  presence: {
    levels: `${speaker}/presence`,
    payload: presenceSchema,
    writer: 'speaker',
    reader: 'server',
    retain: true,
    purpose: null,
  },
  plan: {
    levels: 'tl/v1/{site}/plans/{sha256}',
    payload: playlistSchema,
    writer: 'server',
    reader: 'anySpeaker',
    retain: true,
    purpose: null,
  },
  emergency: {
    levels: 'tl/v1/{site}/emergencies/{emergency}',
    payload: envelopeSchema,
    writer: 'server',
    reader: 'anySpeaker',
    retain: true,
    purpose: 'emergency',
  },
} as const satisfies Record<string, TopicRule>;
export type TopicName = keyof typeof topics;

/** What the levels in braces stand for. */
export interface TopicValues {
  readonly site: string;
  readonly speaker?: string;
  readonly sha256?: string;
  readonly emergency?: string;
}

/** The largest MQTT payload, in bytes, that any side accepts: a full record batch with room. */
export const MAX_MESSAGE_BYTES = 1_048_576;

/** The topic with its values filled in; a level without a value becomes `+`, to subscribe. */
export const topicOf = (name: TopicName, values: TopicValues): string =>
  topics[name].levels.replaceAll(
    /\{(site|speaker|sha256|emergency)\}/g,
    (_, level: keyof TopicValues) => values[level] ?? '+',
  );

/** Which topic of the table this is, with the values of its levels; undefined if it is none. */
export const parseTopic = (topic: string): { name: TopicName; values: TopicValues } | undefined => {
  const parts = topic.split('/');
  for (const [name, rule] of Object.entries(topics) as [TopicName, TopicRule][]) {
    const values = matchLevels(rule.levels.split('/'), parts);
    if (values?.site !== undefined) return { name, values: values as unknown as TopicValues };
  }
  return undefined;
};

const matchLevels = (
  levels: readonly string[],
  parts: readonly string[],
): Record<string, string> | undefined => {
  if (levels.length !== parts.length) return undefined;
  const values: Record<string, string> = {};
  for (const [index, level] of levels.entries()) {
    const part = parts[index] ?? '';
    if (level.startsWith('{') && part !== '' && part !== '+' && part !== '#') {
      values[level.slice(1, -1)] = part;
    } else if (level !== part) return undefined;
  }
  return values;
};
