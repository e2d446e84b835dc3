import type { Clock, Entropy } from '#runtime/clock.ts';
import type { Logger } from '#runtime/logger.ts';
import type { Signer } from '#runtime/signing.ts';
import type { EnrolmentGrant } from '#schemas/enrolment.ts';
import type { AmplifierSettings } from '../amplifier/amplifier-keeper.ts';
import type { Disk } from './disk.ts';
import type { ConnectLink } from './link.ts';
import type { Player } from './player.ts';
import type { Stick } from './stick.ts';
import type { SystemTime } from './system-time.ts';

/** Fetches a URL over HTTP and follows nothing; the platform's `fetch` fits. */
export type FetchUrl = (
  url: string,
  init: {
    readonly headers: Readonly<Record<string, string>>;
    readonly signal: AbortSignal;
    readonly redirect: 'manual';
  },
) => Promise<Response>;

/** Everything an agent touches. Nothing else is shared, so a thousand can live in one process. */
export interface AgentPorts {
  /** Its position must count from the start of this agent, and be the one the player uses. */
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly disk: Disk;
  readonly player: Player;
  /** Null where the system's clock is not asked. */
  readonly systemTime: SystemTime | null;
  readonly connect: ConnectLink;
  readonly fetchUrl: FetchUrl;
  /** USB sticks, where the system mounts them at a folder that is configured. */
  readonly stick?: Stick;
  readonly logger: Logger;
  /** Who the speaker is, and whom it trusts. */
  readonly grant: EnrolmentGrant;
  readonly signer: Signer;
  /** The agent's own folder; one agent at a time. */
  readonly folder: string;
  /** The most that clips no playlist needs may keep of the disk, together with the needed ones. */
  readonly maxCacheBytes: number;
  /** For how many days delivered records stay on the speaker's own disk at the least. */
  readonly logRetentionDays: number;
  readonly agentVersion: string;
  /** The agent was ordered to start anew: stop it, say why, and start another. */
  readonly onRestart: () => void;
  /** How an amplifier is switched before and after sound, where there is one to switch. */
  readonly amplifier?: AmplifierSettings;
  /** Broken infrastructure or a bug: the agent cannot go on. Not called for what has a Problem. */
  readonly onFault: (error: unknown) => void;
}
