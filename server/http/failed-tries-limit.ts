import { createMiddleware } from 'hono/factory';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { AppEnv } from './app-env.ts';
import { addressOf } from './caller.ts';
import { RequestRefused } from './problem-response.ts';

const MS_PER_S = 1_000;
/** After so many tries that came to nothing, in one window and from one address, no more are looked at. */
export const MAX_FAILED_TRIES = 20;
const WINDOW_MS = 60_000;
/** Of how many addresses the tries are remembered; the oldest fall out. */
const MAX_ADDRESSES = 10_000;
const BAD_REQUEST = 400;

/** Slows down whoever guesses, by address; a try that succeeds is not counted. */
export const failedTriesLimit = (ports: Pick<ServerPorts, 'clock' | 'isOurProxy'>) => {
  const failuresByAddress = new Map<string, readonly number[]>();
  const recentOf = (address: string): readonly number[] =>
    (failuresByAddress.get(address) ?? []).filter(
      (atMs) => atMs > ports.clock.positionMs() - WINDOW_MS,
    );
  const failed = (address: string) => {
    const recent = recentOf(address);
    failuresByAddress.delete(address);
    failuresByAddress.set(address, [...recent, ports.clock.positionMs()]);
    const [oldest = address] = failuresByAddress.keys();
    if (failuresByAddress.size > MAX_ADDRESSES) failuresByAddress.delete(oldest);
  };
  return createMiddleware<AppEnv>(async (context, next) => {
    const address = addressOf(context, ports);
    const recent = recentOf(address);
    const [oldestMs] = recent;
    if (oldestMs !== undefined && recent.length >= MAX_FAILED_TRIES) {
      const waitMs = oldestMs + WINDOW_MS - ports.clock.positionMs();
      throw new RequestRefused({
        code: 'tooManyTries',
        retryAfterS: Math.ceil(waitMs / MS_PER_S),
      });
    }
    await next();
    if (context.res.status >= BAD_REQUEST) failed(address);
  });
};
