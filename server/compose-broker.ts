import type { Clock } from '#runtime/clock.ts';
import type { ListenAddress, ListenProblem } from '#runtime/listen-at.ts';
import type { Logger } from '#runtime/logger.ts';
import { ok, type Result } from '#schemas/result.ts';
import type { BrokerConfig, Place } from './config.ts';
import { settingToVariable } from './config-read.ts';
import { type BrokerPorts, startEmbeddedBroker } from './mqtt/embedded-broker.ts';
import { connectExternalBroker } from './mqtt/external-broker.ts';
import type { Broker } from './ports/broker.ts';
import type { Store } from './ports/store.ts';
import type { TlsSource } from './ports/tls.ts';

/** The broker that the configuration names; the ports are those of the embedded one. */
export interface ComposedBroker {
  readonly broker: Broker;
  readonly ports: BrokerPorts | undefined;
}

interface BrokerInput {
  readonly config: BrokerConfig;
  /** What the embedded broker shows to who connects over TLS. */
  readonly tls: TlsSource | undefined;
  readonly site: string;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
}

const addressOf = (place: Place, portSetting: 'mqttPort' | 'mqttTlsPort'): ListenAddress => ({
  ...place,
  hostSetting: settingToVariable('mqttHost'),
  portSetting: settingToVariable(portSetting),
});

/**
 * Starts the embedded broker, or connects to the external one. Errors: portTaken,
 * configurationInvalid (an address is not to be had).
 */
export const composeBroker = async (
  input: BrokerInput,
): Promise<Result<ComposedBroker, ListenProblem>> => {
  const { config, tls, site, store, clock, log } = input;
  if (config.kind === 'external') {
    const { url, username, password } = config;
    const broker = connectExternalBroker({ url, username, password, site, clock, log });
    return ok({ broker, ports: undefined });
  }
  const { plain, secure } = config;
  const started = await startEmbeddedBroker({
    site,
    log,
    speakerBySecretHash: store.speakerBySecretHash,
    address: addressOf(plain, 'mqttPort'),
    secure:
      tls === undefined || secure === null
        ? undefined
        : { address: addressOf(secure, 'mqttTlsPort'), tls },
  });
  return started.ok ? ok({ broker: started.value, ports: started.value.ports }) : started;
};
