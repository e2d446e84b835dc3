import type { ConnectLink, LinkEvents, LinkMessage } from '#player-agent/ports/link.ts';

/** A broker in memory that keeps what a real one keeps: retained messages and lasting sessions. */
export interface MemoryBroker {
  readonly connect: ConnectLink;
  /** What a server publishes. */
  publish(message: LinkMessage & { readonly retain: boolean }): void;
  /** Calls the server for each message that a speaker writes. */
  onSpeaker(listener: (message: LinkMessage) => void): void;
  /** Takes the network away and gives it back. */
  setUp(isUp: boolean): void;
  /** The speakers' machines are gone, without goodbye. */
  drop(): void;
  /** Every message that a speaker wrote, in order. */
  readonly written: readonly (LinkMessage & { readonly retain: boolean })[];
  subscriptionsOf(clientId: string): readonly string[];
}

interface Client {
  readonly topics: Set<string>;
  readonly waiting: LinkMessage[];
  events: LinkEvents | undefined;
}

/** Whether a topic is one that the filter asks for; its only wildcard is `+`. */
const isAskedFor = (filter: string, topic: string): boolean => {
  const levels = filter.split('/');
  const found = topic.split('/');
  return (
    levels.length === found.length &&
    levels.every((level, index) => level === '+' || level === found[index])
  );
};

/** A broker that nothing has reached yet. */
export const createMemoryBroker = (): MemoryBroker => {
  const retained = new Map<string, LinkMessage>();
  const clients = new Map<string, Client>();
  const written: (LinkMessage & { retain: boolean })[] = [];
  let listener: (message: LinkMessage) => void = () => {};
  let isUp = true;
  const deliver = (client: Client, message: LinkMessage) => {
    if (client.events !== undefined && isUp) void client.events.onMessage(message);
    else client.waiting.push(message);
  };
  const publish = ({ topic, payload, retain }: LinkMessage & { retain: boolean }) => {
    if (retain && payload.length === 0) retained.delete(topic);
    else if (retain) retained.set(topic, { topic, payload });
    for (const client of clients.values()) {
      const isWanted = [...client.topics].some((filter) => isAskedFor(filter, topic));
      if (isWanted) deliver(client, { topic, payload });
    }
  };
  const come = (client: Client) => {
    client.events?.onConnected();
    for (const message of client.waiting.splice(0)) deliver(client, message);
  };
  const connect: ConnectLink = (options, events) => {
    const client = clients.get(options.clientId) ?? {
      topics: new Set<string>(),
      waiting: [],
      events: undefined,
    };
    clients.set(options.clientId, client);
    client.events = events;
    const isConnected = () => isUp && client.events === events;
    queueMicrotask(() => isConnected() && come(client));
    return {
      isConnected,
      publish: async (message) => {
        if (!isConnected()) return false;
        written.push(message);
        listener(message);
        return true;
      },
      subscribe: async (topics) => {
        if (!isConnected()) return false;
        for (const topic of topics) {
          client.topics.add(topic);
          for (const message of retained.values()) {
            if (isAskedFor(topic, message.topic)) deliver(client, message);
          }
        }
        return true;
      },
      unsubscribe: async (topics) => {
        for (const topic of topics) client.topics.delete(topic);
        return isConnected();
      },
      close: async () => {
        if (client.events === events) client.events = undefined;
      },
    };
  };
  return {
    connect,
    publish,
    onSpeaker: (next) => {
      listener = next;
    },
    setUp: (next) => {
      isUp = next;
      for (const client of clients.values()) {
        if (isUp) come(client);
        else client.events?.onDisconnected();
      }
    },
    drop: () => {
      for (const client of clients.values()) client.events = undefined;
    },
    written,
    subscriptionsOf: (clientId) => [...(clients.get(clientId)?.topics ?? [])],
  };
};
