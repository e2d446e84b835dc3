import type { NetworkInterfaceInfo } from 'node:os';
import type { AudioTools, Speech } from '#content/ports.ts';
import type { Clock, Entropy } from '#runtime/clock.ts';
import type { Logger } from '#runtime/logger.ts';

/** What the server takes from the machine that it runs on; tests hand in their own. */
export interface Surroundings {
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly log: Logger;
  readonly audio: AudioTools;
  readonly speech: Speech;
  /** The machine's network interfaces as they are just now. */
  readonly interfaces: () => Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;
}
