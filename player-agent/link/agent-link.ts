import type { Clock, Timer } from '#runtime/clock.ts';
import { type TopicName, topicOf } from '#schemas/topics.ts';
import { createTimeAsker, type TimeAsker } from '../clock/ask-time.ts';
import type { TrustedClock } from '../clock/trusted-clock.ts';
import type { EmergencyFile } from '../emergency/emergency-file.ts';
import { type Delivery, openDelivery } from '../log/deliver.ts';
import type { Recording } from '../log/recording.ts';
import type { AgentPorts } from '../ports/agent-ports.ts';
import type { Link, LinkEvents, LinkMessage } from '../ports/link.ts';
import type { TaskQueue } from '../task-queue.ts';
import type { Received } from './received.ts';
import { createSubscriptions, type Subscriptions } from './subscriptions.ts';
import { type OnNews, takeMessage } from './take-message.ts';

/** How long after a full disk the retained messages are asked for again, in milliseconds. */
export const ASK_AGAIN_MS = 60_000;

export interface AgentLinkContext {
  readonly trusted: TrustedClock;
  readonly tasks: TaskQueue;
  readonly recording: Recording;
  readonly received: Received;
  readonly emergencies: EmergencyFile;
  readonly onNews: OnNews;
  readonly onConnected: () => void;
}

/** The agent's side of the broker. */
export interface AgentLink {
  readonly delivery: Delivery;
  isConnected(): boolean;
  /** Begins to connect. */
  connect(): void;
  /** Takes a message that came another way as if it had come from the broker. */
  take(message: LinkMessage): Promise<void>;
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

type Publish = AgentLink['publish'];

/** A link that is not connected yet. */
export const createAgentLink = async (
  ports: AgentPorts,
  context: AgentLinkContext,
): Promise<AgentLink> => {
  const { grant, clock, entropy } = ports;
  const { tasks, received } = context;
  let link: Link | undefined;
  const isConnected = () => link?.isConnected() ?? false;
  const publish: Publish = async (name, value) => {
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
  const delivery = await openLinkDelivery(ports, context, { isConnected, publish });
  const again = createAskAgain(clock, () => tasks.beside(subscriptions.renew()));
  const events = linkEvents(ports, context, { asker, delivery, publish, subscriptions, again });
  return {
    delivery,
    isConnected,
    publish,
    take: events.onMessage,
    awaitPlans: () => tasks.beside(subscriptions.awaitPlans(received.plans.missing())),
    connect: () => {
      const payload = Buffer.from(JSON.stringify({ online: false }));
      const lastWill = { topic: topicOf('presence', grant), payload };
      // Both brokers take the user name as the client's id.
      const clientId = grant.broker.username;
      link = ports.connect({ ...grant.broker, clientId, lastWill }, events);
    },
    close: async () => {
      again.stop();
      asker.stop();
      delivery.stop();
      // Closing waits for what is on its way, but not for ever.
      tasks.beside(publish('presence', { online: false }));
      await link?.close();
    },
  };
};

const openLinkDelivery = (
  { clock, grant, signer }: AgentPorts,
  { recording, tasks }: AgentLinkContext,
  { isConnected, publish }: { readonly isConnected: () => boolean; readonly publish: Publish },
): Promise<Delivery> =>
  openDelivery({
    log: recording.log,
    delivered: recording.delivered,
    owner: { site: grant.site, speaker: grant.speaker, signer },
    onLost: recording.tellLost,
    clock,
    isConnected,
    send: (batch) => publish('recordBatch', batch),
    track: tasks.beside,
  });

interface AskAgain {
  later(): void;
  stop(): void;
}

const createAskAgain = (clock: Clock, ask: () => void): AskAgain => {
  let timer: Timer | undefined;
  return {
    later: () => {
      timer?.cancel();
      timer = clock.at(clock.positionMs() + ASK_AGAIN_MS, ask);
    },
    stop: () => timer?.cancel(),
  };
};

interface LinkSide {
  readonly asker: TimeAsker;
  readonly delivery: Delivery;
  readonly publish: Publish;
  readonly subscriptions: Subscriptions;
  readonly again: AskAgain;
}

const linkEvents = (ports: AgentPorts, context: AgentLinkContext, side: LinkSide): LinkEvents => {
  const { grant, logger, clock } = ports;
  const { tasks, received, recording, emergencies, onNews } = context;
  const { asker, delivery, again } = side;
  const { refuse } = recording;
  const { nowMs } = context.trusted;
  const takePorts = {
    ...{ nowMs, grant, logger, received, emergencies, asker, delivery, refuse, onNews },
  };
  return {
    onMessage: (message) => {
      const arrivedPosMs = clock.positionMs();
      const takeIn = { ...takePorts, askAgainLater: again.later };
      return tasks.run(() => takeMessage(message, arrivedPosMs, takeIn));
    },
    onConnected: () => {
      logger.info({ event: 'linkConnected' });
      tasks.beside(side.publish('presence', { online: true }));
      tasks.beside(side.subscriptions.renew());
      asker.connected();
      delivery.kick();
      context.onConnected();
    },
    onDisconnected: () => {
      asker.disconnected();
      delivery.disconnected();
    },
  };
};
