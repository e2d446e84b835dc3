import type { Clock } from '#runtime/clock.ts';
import type { Logger } from '#runtime/logger.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result } from '#schemas/result.ts';
import { publicHost } from './compose-tls.ts';
import type { ServerConfig } from './config.ts';
import { settingToVariable } from './config-read.ts';
import { startEmbeddedBroker } from './mqtt/embedded-broker.ts';
import { connectExternalBroker } from './mqtt/external-broker.ts';
import type { Broker } from './ports/broker.ts';
import type { Store } from './ports/store.ts';

/** The broker that the configuration names, and the address at which speakers reach it. */
export interface ComposedBroker {
  readonly broker: Broker;
  readonly url: string;
}

interface BrokerInput {
  readonly config: ServerConfig;
  readonly site: string;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Starts the embedded broker, or connects to the external one. Errors: portTaken. */
export const composeBroker = async (
  input: BrokerInput,
): Promise<Result<ComposedBroker, ProblemOf<'portTaken'>>> => {
  const { config, site, store, clock, log } = input;
  if (config.broker.kind === 'external') {
    const { url, username, password } = config.broker;
    const broker = connectExternalBroker({ url, username, password, site, clock, log });
    return ok({ broker, url: config.brokerPublicUrl ?? url });
  }
  const { host, port } = config.broker;
  const started = await startEmbeddedBroker({
    site,
    log,
    speakerBySecretHash: store.speakerBySecretHash,
    address: { host, port, setting: settingToVariable('mqttPort') },
  });
  if (!started.ok) return started;
  const reached = hostInUrl(publicHost(host, config.http.tls.kind === 'site'));
  const url = config.brokerPublicUrl ?? `mqtt://${reached}:${started.value.port}`;
  return ok({ broker: started.value, url });
};

/** An address as it is written in a URL. Source: RFC 3986, 3.2.2. */
export const hostInUrl = (host: string): string => (host.includes(':') ? `[${host}]` : host);
