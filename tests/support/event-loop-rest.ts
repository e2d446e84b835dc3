import { channel } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { performance } from 'node:perf_hooks';

/** So many turns of the event loop in a row without anything from outside are rest. */
const QUIET_TURNS = 24;

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const eventCount = (): number => performance.nodeTiming.uvMetricsInfo.events;

/**
 * Resolves when nothing arrives any more: no packet between sockets of this process, no answer of a
 * disk or of another thread. What is written to a socket of the same machine can be read in the next
 * turn, so that a conversation inside this process cannot be between two turns unseen.
 */
const eventLoopAtRest = async (): Promise<void> => {
  let seen = eventCount();
  for (let quiet = 0; quiet < QUIET_TURNS; quiet += 1) {
    await turn();
    const now = eventCount();
    if (now !== seen) quiet = 0;
    seen = now;
  }
};

/** As `eventLoopAtRest`, where also `settled` tells of work that has nothing to do with sockets. */
export const atRestWith = async (settled: () => Promise<unknown>): Promise<void> => {
  let seen: number;
  do {
    seen = eventCount();
    await settled();
    await eventLoopAtRest();
  } while (eventCount() !== seen);
};

const quicken = (message: unknown): void => {
  const { socket } = message as { readonly socket: Socket };
  socket.setNoDelay(true);
};

/**
 * From now on no socket of this process holds back small packets, which would come out of the blue
 * 40 ms later; gives back how to end that.
 */
export const quickenSockets = (): (() => void) => {
  const channels = ['net.client.socket', 'net.server.socket'].map((name) => channel(name));
  for (const each of channels) each.subscribe(quicken);
  return () => {
    for (const each of channels) each.unsubscribe(quicken);
  };
};
