import { connect as connectMqtt, type IPublishPacket, type MqttClient } from 'mqtt';
import type { Clock } from '#runtime/clock.ts';
import type { Logger } from '#runtime/logger.ts';
import type { ConnectLink, Link, LinkEvents } from '../ports/link.ts';

const QOS = 1;
/** Pause between two tries to connect, in milliseconds. */
const RECONNECT_MS = 2_000;
const CONNECT_TIMEOUT_MS = 15_000;
const KEEPALIVE_S = 30;
/** How many messages may be on their way at a time before the runtime warns of a leak. */
const MAX_LISTENERS = 64;

/** How long goodbye may take before the connection is cut, in milliseconds. */
const CLOSE_MS = 3_000;

export interface MqttPorts {
  readonly logger: Logger;
  readonly clock: Clock;
}

/** Links over MQTT 3.1.1 with a session that the broker keeps. Source: DESIGN.md, topics. */
export const mqttConnect =
  (ports: MqttPorts): ConnectLink =>
  (options, events) => {
    const { topic, payload } = options.lastWill;
    const client = connectMqtt(options.url, {
      clientId: options.clientId,
      username: options.username,
      password: options.password,
      clean: false,
      protocolVersion: 4,
      resubscribe: false,
      queueQoSZero: false,
      reconnectPeriod: RECONNECT_MS,
      connectTimeout: CONNECT_TIMEOUT_MS,
      keepalive: KEEPALIVE_S,
      will: { topic, payload: Buffer.from(payload), qos: QOS, retain: true },
    });
    client.setMaxListeners(MAX_LISTENERS);
    listen(client, events, ports.logger);
    return linkOver(client, ports.clock);
  };

const listen = (client: MqttClient, events: LinkEvents, logger: Logger): void => {
  client.handleMessage = (packet: IPublishPacket, done) => {
    const payload = Buffer.from(packet.payload);
    events.onMessage({ topic: packet.topic, payload }).then(() => done(), done);
  };
  // An outage may last for days: it is told once.
  let isTold = false;
  client.on('connect', () => {
    isTold = false;
    events.onConnected();
  });
  client.on('close', () => events.onDisconnected());
  client.on('error', (error) => {
    if (!isTold) logger.warn({ event: 'linkFailed', error: error.message });
    isTold = true;
  });
};

const linkOver = (client: MqttClient, clock: Clock): Link => {
  const whenConnected = async (work: () => Promise<unknown>): Promise<boolean> => {
    if (!client.connected) return false;
    return untilClosed(client, work());
  };
  return {
    isConnected: () => client.connected,
    publish: ({ topic, payload, retain }) =>
      whenConnected(() => client.publishAsync(topic, Buffer.from(payload), { qos: QOS, retain })),
    subscribe: (topics) => whenConnected(() => client.subscribeAsync([...topics], { qos: QOS })),
    unsubscribe: (topics) => whenConnected(() => client.unsubscribeAsync([...topics])),
    close: () => closeSoon(client, clock),
  };
};

/** Whether the work was done before the connection closed; what fails then is not known to be done. */
const untilClosed = (client: MqttClient, work: Promise<unknown>): Promise<boolean> =>
  new Promise((resolve) => {
    const closed = () => resolve(false);
    client.once('close', closed);
    work
      .then(
        () => resolve(true),
        () => resolve(false),
      )
      .finally(() => client.off('close', closed));
  });

const closeSoon = async (client: MqttClient, clock: Clock): Promise<void> => {
  const cut = clock.at(clock.positionMs() + CLOSE_MS, () => client.end(true));
  await client.endAsync(!client.connected);
  cut.cancel();
};
