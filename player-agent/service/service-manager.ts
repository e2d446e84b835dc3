import { spawn } from 'node:child_process';
import type { Logger } from '#runtime/logger.ts';

/** A message that has not gone out by then is given up, in milliseconds. */
const MAX_TELLING_MS = 10_000;
const MICROSECONDS_A_MS = 1_000;

/** What a service manager is told. Source: sd_notify(3). */
export type ServiceState = 'READY=1' | 'WATCHDOG=1' | 'STOPPING=1';

/** Who started this program as a service and watches it. */
export interface ServiceManager {
  /** Within what time it wants a sign of life, in milliseconds; null where it wants none. */
  readonly watchdogMs: number | null;
  /** Tells it, where there is one that listens. */
  tell(state: ServiceState): void;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The service manager that the environment names; without one nothing is told. It listens on a
 * datagram socket, which Node does not speak: systemd's own `systemd-notify` does.
 * Source: docs/adr/0014-the-watchdog-is-fed-by-who-plays.md.
 */
export const createServiceManager = (environment: Environment, log: Logger): ServiceManager => {
  const { NOTIFY_SOCKET, PATH, WATCHDOG_PID, WATCHDOG_USEC } = environment;
  if (NOTIFY_SOCKET === undefined || NOTIFY_SOCKET === '') {
    return { watchdogMs: null, tell: () => undefined };
  }
  // Under another program it is that one which is watched.
  const isWatched = WATCHDOG_PID === undefined || Number(WATCHDOG_PID) === process.pid;
  const watchdogMs = isWatched ? Number(WATCHDOG_USEC) / MICROSECONDS_A_MS : 0;
  return {
    watchdogMs: watchdogMs > 0 ? watchdogMs : null,
    tell: (state) => {
      const failed = (why: unknown) => log.warn({ event: 'serviceNotTold', state, why });
      const child = spawn('systemd-notify', [state], {
        env: { NOTIFY_SOCKET, PATH },
        stdio: 'ignore',
        timeout: MAX_TELLING_MS,
      });
      child.once('error', (error) => failed(error.message));
      child.once('exit', (code, signal) => {
        if (code !== 0) failed(code ?? signal);
      });
    },
  };
};
