import { systemClock, systemEntropy } from '#runtime/clock.ts';
import { createLogger } from '#runtime/logger.ts';
import { sha256 } from '#runtime/signing.ts';
import { dynamicSecurityFile, SALT_BYTES } from '#server/mqtt/dynamic-security-file.ts';
import { startEmbeddedBroker } from '#server/mqtt/embedded-broker.ts';
import { connectExternalBroker } from '#server/mqtt/external-broker.ts';
import type { Broker } from '#server/ports/broker.ts';
import { startMosquitto } from './mosquitto.ts';

/** One of the two brokers, with the server at it, as a test uses it. */
export interface BrokerUnderTest {
  readonly broker: Broker;
  readonly url: string;
  /** Lets a speaker in and tells its secret. */
  admit(speaker: string): Promise<string>;
  /** Breaks the broker off as a power cut would, and brings it back without its memory. */
  outage(): Promise<{ back(): Promise<Broker> }>;
  end(): Promise<void>;
}

export const SITE = 'xa-mau';

const silentLog = createLogger('test', 'silent');

const newSecret = (): string => Buffer.from(systemEntropy.bytes(24)).toString('base64url');

/** aedes inside this process; an outage is a server that dies and starts again. */
export const embeddedUnderTest = async (): Promise<BrokerUnderTest> => {
  const secrets = new Map<string, string>();
  const open = async (port: number) => {
    const started = await startEmbeddedBroker({
      site: SITE,
      address: { host: '127.0.0.1', port, hostSetting: 'mqttHost', portSetting: 'mqttPort' },
      speakerBySecretHash: async (hash) => secrets.get(hash),
      log: silentLog,
    });
    if (!started.ok) throw new Error('port taken');
    return started.value;
  };
  let broker = await open(0);
  const { plain: port } = broker.ports;
  return {
    broker,
    url: `mqtt://127.0.0.1:${port}`,
    admit: async (speaker) => {
      const secret = newSecret();
      secrets.set(sha256(Buffer.from(secret)), speaker);
      await broker.admit(speaker, secret);
      return secret;
    },
    outage: async () => {
      await broker.close();
      return {
        back: async () => {
          broker = await open(port);
          return broker;
        },
      };
    },
    end: () => broker.close(),
  };
};

/** Debian's mosquitto with the deployed configuration; an outage is a SIGKILL. */
export const mosquittoUnderTest = async (): Promise<BrokerUnderTest> => {
  const password = newSecret();
  const username = 'tieng-lang-server';
  const salt = systemEntropy.bytes(SALT_BYTES);
  const running = await startMosquitto(
    dynamicSecurityFile({ site: SITE, username, password, salt }),
  );
  const clock = systemClock();
  const { url } = running;
  const broker = connectExternalBroker({
    url,
    username,
    password,
    site: SITE,
    clock,
    log: silentLog,
  });
  await new Promise<void>((resolve) => broker.onUp(resolve));
  return {
    broker,
    url,
    admit: async (speaker) => {
      const secret = newSecret();
      await broker.admit(speaker, secret);
      return secret;
    },
    outage: async () => {
      await running.kill();
      return {
        back: async () => {
          await running.startAgain();
          return broker;
        },
      };
    },
    end: async () => {
      await broker.close();
      await running.end();
    },
  };
};
