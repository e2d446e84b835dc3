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
import type { UploadDesk } from './upload-desk.ts';
import type { Verdicts } from './verdicts.ts';
import type { WorkGate } from './work-gate.ts';

/** Where server and broker are reached. */
export interface ServerAddresses {
  readonly httpUrl: string;
  readonly brokerUrl: string;
}

/** Where speakers and people reach this server; the machine's address may change as it runs. */
export interface PublicAddresses extends ServerAddresses {
  /** Where programs on the machine itself reach the server, without a certificate. */
  readonly hereUrl: string;
  /** The addresses for a speaker that has reached the server at `url`. */
  reachedAt(url: string): ServerAddresses;
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
  /** In front of the reading of script files. */
  readonly scriptGate: WorkGate;
  readonly accounts: Accounts;
  readonly replan: Replan;
  readonly watch: SpeakerWatch;
  readonly live: LiveFeed;
  readonly verdicts: Verdicts;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly log: Logger;
  readonly addresses: PublicAddresses;
  /** This process's own folder for unfinished work, on a local disk. */
  readonly workFolder: string;
  readonly maxUploadBytes: number;
  /** Where uploads are kept until they are bulletins, through every restart. */
  readonly uploadFolder: string;
  readonly uploads: UploadDesk;
  /** The site's own certificate authority, where the server vouches for itself. */
  readonly authority: TrustedAuthority | undefined;
  /** Whether an address is a reverse proxy of ours, whose word on the caller is taken. */
  readonly isOurProxy: (address: string) => boolean;
  /** Where the built console lies. */
  readonly consoleFolder: string;
}
