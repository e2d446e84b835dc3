import type { Clock, Timer } from '#runtime/clock.ts';
import type { Logger } from '#runtime/logger.ts';
import type { ServedCertificate, TlsSource } from '../ports/tls.ts';

/** How often it is looked whether the certificate still fits. */
const LOOK_MS = 60_000;

export interface RenewingOptions {
  readonly clock: Clock;
  readonly log: Logger;
  readonly first: ServedCertificate;
  /** Another certificate when it is time for one; undefined as long as `now` does. */
  readonly next: (now: ServedCertificate) => Promise<ServedCertificate | undefined>;
}

/**
 * Serves a certificate and looks every minute whether another must take its place. One that cannot
 * be had leaves the present one in use, and is tried again.
 */
export const createRenewing = (options: RenewingOptions): TlsSource & { stop(): void } => {
  const { clock, log } = options;
  const handlers: ((certificate: ServedCertificate) => void)[] = [];
  let current = options.first;
  let isStopped = false;
  let timer: Timer;
  const look = async (): Promise<void> => {
    const next = await options.next(current);
    if (next === undefined || isStopped) return;
    current = next;
    for (const handler of handlers) handler(next);
    log.info({ event: 'certificateRenewed' });
  };
  const later = (): void => {
    timer = clock.at(clock.positionMs() + LOOK_MS, () => {
      look()
        .catch((error: unknown) => log.error({ event: 'certificateNotRenewed', error: `${error}` }))
        .finally(() => {
          if (!isStopped) later();
        });
    });
  };
  later();
  return {
    current: () => current,
    onRenewed: (handler) => void handlers.push(handler),
    stop: () => {
      isStopped = true;
      timer.cancel();
    },
  };
};
