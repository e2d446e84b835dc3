import { connect, type MqttClient } from 'mqtt';
import type { Clock } from '#runtime/clock.ts';
import type { Logger } from '#runtime/logger.ts';
import type { Broker } from '../ports/broker.ts';
import { createArrivals } from './arrivals.ts';
import { admitSpeaker, expelSpeaker } from './dynamic-security-admission.ts';
import { createDynamicSecurityControl } from './dynamic-security-control.ts';
import { CONTROL_RESPONSE_TOPIC } from './dynamic-security-role.ts';
import { topicGrants } from './topic-policy.ts';

const RECONNECT_MS = 2_000;
const CONNECT_TIMEOUT_MS = 10_000;
const KEEPALIVE_S = 30;
/** After this long without the broker's word a message counts as not sent. */
const PUBLISH_TIMEOUT_MS = 10_000;

export interface ExternalBrokerOptions {
  readonly url: string;
  readonly username: string;
  readonly password: string;
  readonly site: string;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * A broker elsewhere: Mosquitto with its dynamic security plugin. Connects in the background and
 * again after each loss; until it stands, `publish` rejects at once, and the outbox tries again.
 * Source: DESIGN.md, the parts a user runs; PLATFORM.md, Mosquitto 2.0.11.
 */
export const connectExternalBroker = (options: ExternalBrokerOptions): Broker => {
  const { site, clock, log } = options;
  const arrivals = createArrivals(log);
  const client = openConnection(options);
  const publish = createPublish(client, clock);
  const control = createDynamicSecurityControl({
    clock,
    publish: (topic, payload) => publish({ topic, payload, retain: false }),
  });
  const ups: (() => void)[] = [];
  let up = false;
  client.on('message', (topic, payload) => {
    if (topic === CONTROL_RESPONSE_TOPIC) control.answer(payload);
    else arrivals.take(topic, payload);
  });
  client.on('close', () => {
    up = false;
  });
  client.on('error', (error) => log.warn({ event: 'brokerFailed', error: error.message }));
  client.on('connect', () => {
    subscribeAll(client, site)
      .then(() => {
        up = true;
        log.info({ event: 'brokerReached' });
        for (const handler of ups) handler();
      })
      .catch((error: unknown) => log.error({ event: 'subscribeFailed', error: String(error) }));
  });
  return {
    publish,
    onMessage: arrivals.onMessage,
    onUp: (handler) => {
      ups.push(handler);
      if (up) handler();
    },
    admit: (speaker, secret) => admitSpeaker(control, { site, speaker, secret }),
    expel: (speaker) => expelSpeaker(control, speaker),
    // Not waited for: what has not been acknowledged stands in the outbox.
    close: () => client.endAsync(true),
  };
};

const openConnection = (options: ExternalBrokerOptions): MqttClient =>
  connect(options.url, {
    username: options.username,
    password: options.password,
    clientId: options.username,
    protocolVersion: 4,
    clean: true,
    resubscribe: false,
    keepalive: KEEPALIVE_S,
    reconnectPeriod: RECONNECT_MS,
    connectTimeout: CONNECT_TIMEOUT_MS,
  });

const subscribeAll = async (client: MqttClient, site: string): Promise<void> => {
  const heard = topicGrants({ kind: 'server', site }).filter((grant) => grant.action === 'receive');
  const filters = [...heard.map((grant) => grant.filter), CONTROL_RESPONSE_TOPIC];
  const granted = await client.subscribeAsync(filters, { qos: 1 });
  const refused = granted.find((grant) => grant.qos > 2);
  if (refused !== undefined) throw new Error(`subscription refused: ${refused.topic}`);
};

const createPublish =
  (client: MqttClient, clock: Clock): Broker['publish'] =>
  async ({ topic, payload, retain }) => {
    if (!client.connected) throw new Error('broker unreachable');
    const sent = client.publishAsync(topic, payload, { qos: 1, retain });
    await new Promise<void>((resolve, reject) => {
      const at = clock.positionMs() + PUBLISH_TIMEOUT_MS;
      const timer = clock.at(at, () => reject(new Error('broker silent')));
      sent.then(() => resolve(), reject).finally(() => timer.cancel());
    });
  };
