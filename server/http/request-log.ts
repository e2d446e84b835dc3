import { createMiddleware } from 'hono/factory';
import { createId } from '#runtime/clock.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { AppEnv } from './app-env.ts';

/** Gives each request an id, which the answer carries as `x-request-id`, and logs how it ended. */
export const requestLog = ({
  clock,
  entropy,
  log,
}: Pick<ServerPorts, 'clock' | 'entropy' | 'log'>) =>
  createMiddleware<AppEnv>(async (context, next) => {
    const requestId = createId(clock, entropy);
    const startMs = clock.positionMs();
    context.set('requestId', requestId);
    context.header('x-request-id', requestId);
    await next();
    const { method, path } = context.req;
    const durationMs = Math.round(clock.positionMs() - startMs);
    const { status } = context.res;
    log.info({ event: 'httpRequest', requestId, method, path, status, durationMs });
  });
