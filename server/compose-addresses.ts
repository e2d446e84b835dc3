import type { ServerConfig } from './config.ts';
import { EVERY_IPV4, LOOPBACK } from './config-settings.ts';
import type { BrokerPorts } from './mqtt/embedded-broker.ts';
import type { PublicAddresses } from './ports/server-ports.ts';

/** The ports that were taken; filled in as the server begins to listen. */
export interface TakenPorts {
  http: number;
  /** None where the broker is elsewhere. */
  broker: BrokerPorts | undefined;
}

interface AddressesInput {
  readonly config: Pick<ServerConfig, 'http' | 'broker' | 'brokerPublicUrl'>;
  /** The private address to tell people just now; undefined without any. */
  readonly privateAddress: () => string | undefined;
  readonly taken: TakenPorts;
}

/** An address as it is written in a URL. Source: RFC 3986, 3.2.2. */
const hostInUrl = (host: string): string => (host.includes(':') ? `[${host}]` : host);

/** Where this machine itself reaches what listens at `host`. */
const hereOf = (host: string): string => (host === EVERY_IPV4 ? LOOPBACK : host);

/**
 * Where server and broker are reached. Where the site vouches for itself that is the machine's
 * private address of the moment, or the name by which the caller has reached it, which the
 * certificate holds too; on the machine itself, without TLS, the loopback address.
 */
export const composeAddresses = (input: AddressesInput): PublicAddresses => {
  const { http } = input.config;
  const hereUrl = () => `http://${hostInUrl(hereOf(http.host))}:${input.taken.http}`;
  const fromHere = () => ({ httpUrl: hereUrl(), brokerUrl: brokerUrlOf(input, undefined) });
  const byName = (host: string) => ({
    httpUrl: `https://${hostInUrl(host)}:${input.taken.http}`,
    brokerUrl: brokerUrlOf(input, host),
  });
  const announced = () => {
    const host = announcedHost(input);
    if (host === undefined) return fromHere();
    const listening = `${http.tls.kind === 'none' ? 'http' : 'https'}://${hostInUrl(host)}`;
    const httpUrl = http.publicUrl ?? `${listening}:${input.taken.http}`;
    return { httpUrl, brokerUrl: brokerUrlOf(input, host) };
  };
  return {
    get httpUrl() {
      return announced().httpUrl;
    },
    get brokerUrl() {
      return announced().brokerUrl;
    },
    get hereUrl() {
      return hereUrl();
    },
    reachedAt: (url) => {
      const { protocol, hostname } = new URL(url);
      if (http.tls.kind === 'none') return announced();
      if (protocol === 'http:') return fromHere();
      return http.tls.kind === 'site' ? byName(hostname.replace(/^\[|\]$/g, '')) : announced();
    },
  };
};

/** The name or address to tell people; undefined when no other machine can reach this one. */
const announcedHost = ({
  config: { http },
  privateAddress,
}: AddressesInput): string | undefined => {
  if (http.publicUrl !== null) return new URL(http.publicUrl).hostname.replace(/^\[|\]$/g, '');
  return http.tls.kind === 'site' && http.host === EVERY_IPV4 ? privateAddress() : http.host;
};

/** Where speakers reach the broker that reach the server at `host`; on this machine without one. */
const brokerUrlOf = ({ config, taken }: AddressesInput, host: string | undefined): string => {
  const { broker, brokerPublicUrl } = config;
  if (broker.kind === 'external') return brokerPublicUrl ?? broker.url;
  const { plain, secure } = broker;
  if (host === undefined || secure === null) {
    const plainUrl = `mqtt://${hostInUrl(hereOf(plain.host))}:${taken.broker?.plain}`;
    return host === undefined ? plainUrl : (brokerPublicUrl ?? plainUrl);
  }
  const reached = secure.host === EVERY_IPV4 ? host : secure.host;
  return brokerPublicUrl ?? `mqtts://${hostInUrl(reached)}:${taken.broker?.secure}`;
};
