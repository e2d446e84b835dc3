import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './temporary-folder.ts';

/** Node has no datagram sockets of this kind; Perl, which every Debian has, does. */
const LISTEN = `use Socket; $| = 1;
socket(my $socket, PF_UNIX, SOCK_DGRAM, 0) or die $!;
bind($socket, sockaddr_un($ARGV[0])) or die $!;
print "bound\\n";
while (defined recv($socket, my $told, 4096, 0)) { print "$told\\n" }`;

/** What a service manager hears on its socket. */
export interface ListeningManager {
  /** What a service finds in its environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** Everything it was told, in order. */
  readonly told: readonly string[];
  /** Resolves when it is told this once more. */
  next(state: string): Promise<void>;
}

/** A service manager that wants a sign of life within `watchdogMs`; gone when the test has finished. */
export const listenAsManager = async (watchdogMs: number): Promise<ListeningManager> => {
  const socket = join(await temporaryFolder(), 'notify');
  const child = spawn('perl', ['-e', LISTEN, socket], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill());
  const told: string[] = [];
  const lines = createInterface({ input: child.stdout });
  await once(lines, 'line');
  // Between its words systemd-notify makes sure that the one before was read.
  lines.on('line', (line) => line !== 'BARRIER=1' && told.push(line));
  return {
    environment: { NOTIFY_SOCKET: socket, WATCHDOG_USEC: `${watchdogMs * 1000}` },
    told,
    next: (state) =>
      new Promise((resolve) => {
        const hear = (line: string) => {
          if (line !== state) return;
          lines.off('line', hear);
          resolve();
        };
        lines.on('line', hear);
      }),
  };
};
