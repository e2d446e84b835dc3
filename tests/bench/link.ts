import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Aedes } from 'aedes';
import { connectAsync, type MqttClient } from 'mqtt';
import { systemClock, wait } from '#runtime/clock.ts';
import { createLogger } from '#runtime/logger.ts';
import { topicOf } from '#schemas/topics.ts';
import { openDatabase } from '#server/db/open-database.ts';
import { createStore } from '#server/db/store.ts';
import { startOutboxPump } from '#server/mqtt/outbox-pump.ts';
import {
  type BrokerUnderTest,
  embeddedUnderTest,
  mosquittoUnderTest,
  SITE,
} from '../support/brokers.ts';
import { startMosquitto } from '../support/mosquitto.ts';
import { newId } from '../support/site-in-store.ts';
import { connectSpeaker } from '../support/speaker-client.ts';
import { type Figure, median } from './figure.ts';

const MESSAGES = 300;
/** About a pointer with fifteen days. */
const PAYLOAD_CHARS = 2500;

const clock = systemClock();

/** The middle time from `send` to the message's arrival, each after all is quiet again. */
const medianMs = async (
  client: MqttClient,
  send: (payload: string) => Promise<unknown>,
  isQuiet: () => Promise<boolean> = async () => true,
): Promise<number> => {
  const times: number[] = [];
  for (let index = 0; index < MESSAGES; index += 1) {
    const arrived = new Promise<void>((resolve) => client.once('message', () => resolve()));
    const start = clock.positionMs();
    await Promise.all([arrived, send(String(index).padEnd(PAYLOAD_CHARS, '.'))]);
    times.push(clock.positionMs() - start);
    while (!(await isQuiet())) await wait(clock, 1);
  }
  return median(times);
};

interface Delivery {
  /** From the server's call to the speaker that holds the message. */
  readonly directMs: number;
  /** From the commit of a pointer to the speaker that holds it: database, outbox, broker, network. */
  readonly committedMs: number;
}

const deliver = async (under: BrokerUnderTest): Promise<Delivery> => {
  const folder = await mkdtemp(join(tmpdir(), 'bench-link-'));
  const database = openDatabase(join(folder, 'bench.sqlite'));
  if (!database.ok) throw new Error(database.problem.code);
  const store = createStore(database.value);
  const log = createLogger('bench', 'silent');
  const pump = startOutboxPump({ store, broker: under.broker, clock, log });
  const speaker = newId();
  const topic = topicOf('pointer', { site: SITE, speaker });
  const client = await connectSpeaker(under.url, { speaker, secret: await under.admit(speaker) });
  await client.mqtt.subscribeAsync(topic, { qos: 1 });
  const send = (payload: string) => under.broker.publish({ topic, payload, retain: true });
  const commit = async (payload: string): Promise<void> => {
    await store.commit({ changes: [], outbox: [{ id: newId(), topic, payload, retain: true }] });
    pump.wake();
  };
  const isSent = async () => (await store.outbox(1)).length === 0;
  try {
    const directMs = await medianMs(client.mqtt, send);
    return { directMs, committedMs: await medianMs(client.mqtt, commit, isSent) };
  } finally {
    await client.mqtt.endAsync();
    await pump.stop();
    database.value.close();
    await rm(folder, { recursive: true, force: true });
  }
};

/** The same payload from one bare client to another. */
const bareMs = async (url: string): Promise<number> => {
  const options = { protocolVersion: 4 } as const;
  const from = await connectAsync(url, options);
  const to = await connectAsync(url, options);
  await to.subscribeAsync('bare', { qos: 1 });
  try {
    return await medianMs(to, (payload) =>
      from.publishAsync('bare', payload, { qos: 1, retain: true }),
    );
  } finally {
    await from.endAsync();
    await to.endAsync();
  }
};

const bareAedes = async () => {
  const aedes = await Aedes.createBroker();
  const server = createServer(aedes.handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const end = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    await new Promise<void>((resolve) => aedes.close(() => resolve()));
    await closed;
  };
  return { url: `mqtt://127.0.0.1:${port}`, end };
};

/** A Mosquitto that lets anybody do anything. */
const openDynamicSecurity = JSON.stringify({
  defaultACLAccess: {
    publishClientSend: true,
    publishClientReceive: true,
    subscribe: true,
    unsubscribe: true,
  },
  clients: [],
  groups: [],
  roles: [],
});

interface Sides {
  readonly name: string;
  readonly ours: () => Promise<BrokerUnderTest>;
  readonly bare: () => Promise<{ readonly url: string; end(): Promise<void> }>;
}

const sides: readonly Sides[] = [
  { name: 'embedded broker', ours: embeddedUnderTest, bare: bareAedes },
  {
    name: 'Mosquitto',
    ours: mosquittoUnderTest,
    bare: () => startMosquitto(openDynamicSecurity, { allowAnonymous: true }),
  },
];

/**
 * How long a message takes from the server to its speaker, and how long a pointer from its commit,
 * beside a bare publish over the same broker without rights, outbox and database.
 */
export async function* figures(): AsyncGenerator<Figure> {
  for (const { name, ours, bare } of sides) {
    const broker = await bare();
    const raw = await bareMs(broker.url).finally(() => broker.end());
    const under = await ours();
    const { directMs, committedMs } = await deliver(under).finally(() => under.end());
    const beside = (figure: string, value: number): Figure => ({
      figure: `${figure}, ${name}`,
      value,
      unit: 'ms',
      raw,
      rawWhat: `bare MQTT publish to subscriber, ${name}`,
      ratio: value / raw,
    });
    yield beside('publishToReceive', directMs);
    yield beside('commitToReceive', committedMs);
  }
}
