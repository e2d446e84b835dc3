import type { AudioTools, ClipStore, Speech } from '#content/ports.ts';
import type { Clock, Entropy } from '#runtime/clock.ts';
import type { Logger } from '#runtime/logger.ts';
import type { Accounts } from './accounts.ts';
import type { Broker } from './broker.ts';
import type { SiteKeys } from './keys.ts';
import type { LiveFeed } from './live-feed.ts';
import type { Replan } from './replan.ts';
import type { SpeakerWatch } from './speaker-watch.ts';
import type { Store } from './store.ts';
import type { TrustedAuthority } from './tls.ts';
import type { WorkGate } from './work-gate.ts';

/** Where speakers and people reach this server. */
export interface PublicAddresses {
  readonly httpUrl: string;
  readonly brokerUrl: string;
}

/** Everything that services may take; each service names the part that it needs. */
export interface ServerPorts {
  readonly store: Store;
  readonly broker: Broker;
  readonly keys: SiteKeys;
  readonly clips: ClipStore;
  readonly audio: AudioTools;
  readonly speech: Speech;
  /** In front of the audio tools. */
  readonly audioGate: WorkGate;
  readonly accounts: Accounts;
  readonly replan: Replan;
  readonly watch: SpeakerWatch;
  readonly live: LiveFeed;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly log: Logger;
  readonly addresses: PublicAddresses;
  /** This process's own folder for unfinished work, on a local disk. */
  readonly workFolder: string;
  readonly maxUploadBytes: number;
  /** The site's own certificate authority, where the server vouches for itself. */
  readonly authority: TrustedAuthority | undefined;
  /** Whether an address is a reverse proxy of ours, whose word on the caller is taken. */
  readonly isOurProxy: (address: string) => boolean;
  /** Where the built console lies. */
  readonly consoleFolder: string;
}
