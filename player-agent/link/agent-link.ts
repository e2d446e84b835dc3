import { join } from 'node:path';
import type { Timer } from '#runtime/clock.ts';
import { type TopicName, topicOf } from '#schemas/topics.ts';
import { createTimeAsker, type TimeAsker } from '../clock/ask-time.ts';
import type { TrustedClock } from '../clock/trusted-clock.ts';
import { type Delivery, openDelivery } from '../log/deliver.ts';
import type { Recording } from '../log/recording.ts';
import type { AgentPorts } from '../ports/agent-ports.ts';
import type { Link } from '../ports/link.ts';
import type { TaskQueue } from '../task-queue.ts';
import type { Received } from './received.ts';
import { createSubscriptions } from './subscriptions.ts';
import { takeMessage } from './take-message.ts';

/** How long after a full disk the retained messages are asked for again, in milliseconds. */
export const ASK_AGAIN_MS = 60_000;

export interface AgentLinkContext {
  readonly trusted: TrustedClock;
  readonly tasks: TaskQueue;
  readonly recording: Recording;
  readonly received: Received;
  readonly onNews: (kind: 'pointer' | 'limits' | 'plan') => Promise<void>;
  readonly onConnected: () => void;
}

/** The agent's side of the broker. */
export interface AgentLink {
  readonly delivery: Delivery;
  readonly asker: TimeAsker;
  /** Begins to connect. */
  connect(): void;
  /** Waits for the documents that are still missing. */
  awaitPlans(): void;
  publish(
    name: 'health' | 'presence' | 'recordBatch' | 'timeQuestion',
    value: object,
  ): Promise<boolean>;
  /** Says goodbye and closes. */
  close(): Promise<void>;
}

/** What is retained by the broker of what a speaker writes. */
const isRetained = (name: TopicName): boolean => name === 'health' || name === 'presence';

/** A link that is not connected yet. */
export const createAgentLink = async (
  ports: AgentPorts,
  context: AgentLinkContext,
): Promise<AgentLink> => {
  const { grant, clock, disk, entropy } = ports;
  const { tasks, recording, received } = context;
  let link: Link | undefined;
  let askAgain: Timer | undefined;
  const isConnected = () => link?.isConnected() ?? false;
  const publish: AgentLink['publish'] = async (name, value) => {
    const payload = Buffer.from(JSON.stringify(value), 'utf8');
    const message = { topic: topicOf(name, grant), payload, retain: isRetained(name) };
    return isConnected() ? ((await link?.publish(message)) ?? false) : false;
  };
  const subscriptions = createSubscriptions(() => link, grant);
  const asker = createTimeAsker({
    clock,
    entropy,
    isConnected,
    ask: (nonce) => tasks.beside(publish('timeQuestion', { nonce })),
    onAnchor: context.trusted.offer,
  });
  const delivery = await openDelivery({
    log: recording.log,
    disk,
    path: join(ports.folder, 'log', 'acked.json'),
    clock,
    isConnected,
    send: (records) => publish('recordBatch', { records }),
    track: tasks.beside,
  });
  const askAgainLater = () => {
    askAgain?.cancel();
    askAgain = clock.at(clock.positionMs() + ASK_AGAIN_MS, () =>
      tasks.beside(subscriptions.renew()),
    );
  };
  const { refuse } = recording;
  const { onNews } = context;
  const takePorts = {
    grant,
    logger: ports.logger,
    received,
    asker,
    delivery,
    refuse,
    onNews,
    askAgainLater,
  };
  return {
    delivery,
    asker,
    publish,
    awaitPlans: () => tasks.beside(subscriptions.awaitPlans(received.plans.missing())),
    connect: () => {
      const lastWill = {
        topic: topicOf('presence', grant),
        payload: Buffer.from(JSON.stringify({ online: false })),
      };
      const clientId = `tl-${grant.site}-${grant.speaker}`;
      link = ports.connect(
        { ...grant.broker, clientId, lastWill },
        {
          onMessage: (message) => {
            const arrivedPosMs = clock.positionMs();
            return tasks.run(() => takeMessage(message, arrivedPosMs, takePorts));
          },
          onConnected: () => {
            tasks.beside(publish('presence', { online: true }));
            tasks.beside(subscriptions.renew());
            asker.connected();
            delivery.kick();
            context.onConnected();
          },
          onDisconnected: () => {
            asker.disconnected();
            delivery.disconnected();
          },
        },
      );
    },
    close: async () => {
      askAgain?.cancel();
      asker.stop();
      delivery.stop();
      await publish('presence', { online: false });
      await link?.close();
    },
  };
};
