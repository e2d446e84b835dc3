import { BlockList, isIPv4 } from 'node:net';
import type { NetworkInterfaceInfo } from 'node:os';

/**
 * Addresses that belong to nobody on the internet, and the machine's own. The site's authority can
 * vouch for no other. Source: RFC 1918; RFC 6598; RFC 3927; RFC 1122, 3.2.1.3.
 */
export const privateSubnets = [
  { address: '10.0.0.0', bits: 8 },
  { address: '172.16.0.0', bits: 12 },
  { address: '192.168.0.0', bits: 16 },
  { address: '100.64.0.0', bits: 10 },
  { address: '169.254.0.0', bits: 16 },
  { address: '127.0.0.0', bits: 8 },
] as const;

/** Names that belong to nobody on the internet. Source: RFC 6761; RFC 6762; RFC 8375; ICANN 2024. */
export const privateDomains = ['localhost', 'local', 'lan', 'home.arpa', 'internal'] as const;

const privateAddresses = new BlockList();
for (const { address, bits } of privateSubnets) privateAddresses.addSubnet(address, bits);

const linkLocal = new BlockList();
linkLocal.addSubnet('169.254.0.0', 16);

/** How this machine is reached on the local network. */
export interface PrivateNames {
  /** IPv4 addresses; the one to tell people first. Empty without a network. */
  readonly addresses: readonly string[];
  readonly hostnames: readonly string[];
}

export type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;

const isPrivateIPv4 = (address: string): boolean =>
  isIPv4(address) && privateAddresses.check(address);

/** Each address that a router gave before those that the machine gave itself. */
const bySource = (a: string, b: string): number =>
  Number(linkLocal.check(a)) - Number(linkLocal.check(b));

/** The addresses of a machine that other machines may know, and for which the site cannot vouch. */
export const otherAddressesOf = (interfaces: Interfaces): readonly string[] =>
  Object.values(interfaces)
    .flatMap((list) => list ?? [])
    .filter(({ internal, address }) => !internal && !isPrivateIPv4(address))
    .map(({ address }) => address);

/** The private names of a machine, from its network interfaces and its host name. */
export const privateNamesOf = (interfaces: Interfaces, hostname: string): PrivateNames => {
  const addresses = Object.values(interfaces)
    .flatMap((list) => list ?? [])
    .filter(({ internal, address }) => !internal && isPrivateIPv4(address))
    .map(({ address }) => address);
  const label = /^[a-z0-9-]{1,63}/i.exec(hostname)?.[0]?.toLowerCase();
  const hostnames = label === undefined ? ['localhost'] : ['localhost', `${label}.local`];
  return { addresses: [...new Set(addresses)].sort(bySource), hostnames };
};
