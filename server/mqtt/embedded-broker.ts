import { Aedes, type Client } from 'aedes';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result } from '#schemas/result.ts';
import type { Broker } from '../ports/broker.ts';
import { type Arrivals, createArrivals } from './arrivals.ts';
import {
  type ListenAddress,
  listenForSpeakers,
  type SpeakerListener,
} from './embedded-listener.ts';
import { type EmbeddedRightsInput, embeddedRights } from './embedded-rights.ts';
import { topicGrants } from './topic-policy.ts';

const CONNECT_TIMEOUT_MS = 10_000;
/** A client that takes nothing for this long is cut off. */
const DRAIN_TIMEOUT_MS = 10_000;
/** Packets of one client that may wait for its sign-in. */
const QUEUE_BEFORE_SIGN_IN = 16;
/** Quality of service 2 is not used. */
const MAX_INBOUND_QOS2 = 16;

export interface EmbeddedBrokerOptions extends EmbeddedRightsInput {
  readonly address: ListenAddress;
}

/** The embedded broker with the port it listens at. */
export type EmbeddedBroker = Broker & { readonly port: number };

/**
 * A broker inside the process, MQTT 3.1.1 over TCP. Speakers sign in with their id and secret, and
 * have the rights of the topic table; the server's own messages go in directly. Its memory is empty
 * at each start: whoever starts it publishes what is retained again.
 * Errors: portTaken. Source: DESIGN.md, the parts a user runs; PLATFORM.md, aedes.
 */
export const startEmbeddedBroker = async (
  options: EmbeddedBrokerOptions,
): Promise<Result<EmbeddedBroker, ProblemOf<'portTaken'>>> => {
  const aedes = await Aedes.createBroker({
    ...embeddedRights(options),
    connectTimeout: CONNECT_TIMEOUT_MS,
    drainTimeout: DRAIN_TIMEOUT_MS,
    queueLimit: QUEUE_BEFORE_SIGN_IN,
    maxInflightInbound: MAX_INBOUND_QOS2,
  });
  aedes.on('clientError', (client, error) =>
    options.log.debug({
      event: 'speakerConnectionFailed',
      client: client.id,
      error: error.message,
    }),
  );
  const arrivals = createArrivals(options.log);
  await hearSpeakers(aedes, options.site, arrivals);
  const present = followPresent(aedes);
  const listening = await listenForSpeakers(aedes, options.address);
  if (!listening.ok) {
    await closeAedes(aedes);
    return listening;
  }
  return ok(createBroker({ aedes, arrivals, present, listener: listening.value }));
};

const hearSpeakers = async (aedes: Aedes, site: string, arrivals: Arrivals): Promise<void> => {
  const heard = topicGrants({ kind: 'server', site }).filter((grant) => grant.action === 'receive');
  for (const { filter } of heard) {
    await new Promise<void>((resolve) =>
      aedes.subscribe(
        filter,
        (packet, done) => {
          // Not waited for: a slow handler must not hold up the broker. Queues are the handlers' own.
          arrivals.take(packet.topic, Buffer.from(packet.payload));
          done();
        },
        resolve,
      ),
    );
  }
};

const followPresent = (aedes: Aedes): ReadonlyMap<string, Client> => {
  const present = new Map<string, Client>();
  aedes.on('client', (client) => present.set(client.id, client));
  aedes.on('clientDisconnect', (client) => {
    if (present.get(client.id) === client) present.delete(client.id);
  });
  return present;
};

interface Parts {
  readonly aedes: Aedes;
  readonly arrivals: Arrivals;
  readonly present: ReadonlyMap<string, Client>;
  readonly listener: SpeakerListener;
}

const createBroker = ({ aedes, arrivals, present, listener }: Parts): EmbeddedBroker => ({
  port: listener.port,
  publish: ({ topic, payload, retain }) =>
    new Promise((resolve, reject) =>
      aedes.publish({ cmd: 'publish', qos: 1, dup: false, topic, payload, retain }, (error) =>
        error ? reject(error) : resolve(),
      ),
    ),
  onMessage: arrivals.onMessage,
  onUp: (handler) => handler(),
  // The database holds the secret's hash, and that is all that signing in asks for.
  admit: () => Promise.resolve(),
  expel: (speaker) =>
    new Promise((resolve) => {
      const client = present.get(speaker);
      if (client === undefined) resolve();
      else client.close(() => resolve());
    }),
  close: async () => {
    await closeAedes(aedes);
    await listener.close();
  },
});

const closeAedes = (aedes: Aedes): Promise<void> =>
  new Promise((resolve) => aedes.close(() => resolve()));
