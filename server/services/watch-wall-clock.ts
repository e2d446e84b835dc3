import type { ServerPorts } from '../ports/server-ports.ts';

/** A correction in smaller steps than this is how clocks are kept right, in milliseconds. */
export const JUMP_MS = 1000;

/**
 * A look at the machine's wall clock: when it has jumped since the look before, the log says by how
 * much, because every speaker that asks for the time follows it.
 */
export const createWallClockWatch = ({
  clock,
  log,
}: Pick<ServerPorts, 'clock' | 'log'>): (() => void) => {
  const offset = () => clock.wallMs() - clock.positionMs();
  let lastMs = offset();
  return () => {
    const byMs = Math.round(offset() - lastMs);
    if (Math.abs(byMs) < JUMP_MS) return;
    lastMs = offset();
    log.warn({ event: 'wallClockJumped', byMs });
  };
};
