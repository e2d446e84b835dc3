import { Aedes, type Client } from 'aedes';
import type { ListenAddress, ListenProblem } from '#runtime/listen-at.ts';
import { ok, type Result } from '#schemas/result.ts';
import type { Broker } from '../ports/broker.ts';
import type { TlsSource } from '../ports/tls.ts';
import { type Arrivals, createArrivals } from './arrivals.ts';
import { listenForSpeakers, type SpeakerListener } from './embedded-listener.ts';
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
  /** Where it speaks plain MQTT. */
  readonly address: ListenAddress;
  /** Where it speaks MQTT over TLS besides, and with which certificates. */
  readonly secure?: { readonly address: ListenAddress; readonly tls: TlsSource } | undefined;
}

/** The ports of the embedded broker. */
export interface BrokerPorts {
  readonly plain: number;
  readonly secure: number | undefined;
}

/** The embedded broker with the ports it listens at. */
export type EmbeddedBroker = Broker & { readonly ports: BrokerPorts };

/**
 * A broker inside the process, MQTT 3.1.1 over TCP and, where asked for, over TLS. Speakers sign in with their id and secret, and
 * have the rights of the topic table; the server's own messages go in directly. Its memory is empty
 * at each start: whoever starts it publishes what is retained again.
 * Errors: portTaken, configurationInvalid (an address is not to be had). Source: DESIGN.md, the parts
 * a user runs; PLATFORM.md, aedes.
 */
export const startEmbeddedBroker = async (
  options: EmbeddedBrokerOptions,
): Promise<Result<EmbeddedBroker, ListenProblem>> => {
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
  const doors = await openDoors(aedes, options);
  if (!doors.ok) {
    await closeAedes(aedes);
    return doors;
  }
  return ok(createBroker({ aedes, arrivals, present, doors: doors.value }));
};

interface Doors {
  readonly plain: SpeakerListener;
  readonly secure: SpeakerListener | undefined;
}

const openDoors = async (
  aedes: Aedes,
  { address, secure }: EmbeddedBrokerOptions,
): Promise<Result<Doors, ListenProblem>> => {
  const plain = await listenForSpeakers(aedes, address);
  if (!plain.ok) return plain;
  if (secure === undefined) return ok({ plain: plain.value, secure: undefined });
  const second = await listenForSpeakers(aedes, secure.address, secure.tls);
  if (second.ok) return ok({ plain: plain.value, secure: second.value });
  await plain.value.close();
  return second;
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
  readonly doors: Doors;
}

const createBroker = ({ aedes, arrivals, present, doors }: Parts): EmbeddedBroker => ({
  ports: { plain: doors.plain.port, secure: doors.secure?.port },
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
    await Promise.all([doors.plain.close(), doors.secure?.close()]);
  },
});

const closeAedes = (aedes: Aedes): Promise<void> =>
  new Promise((resolve) => aedes.close(() => resolve()));
