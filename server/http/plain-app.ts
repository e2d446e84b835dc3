import { Hono } from 'hono';
import type { ServerPorts } from '../ports/server-ports.ts';
import { answerError } from './answer-error.ts';
import type { AppEnv } from './app-env.ts';
import { problemToResponse } from './problem-response.ts';
import { requestLog } from './request-log.ts';
import { createTrustRoutes, secureUrl } from './routes/trust.ts';
import { securityHeaders } from './security-headers.ts';

type Ports = Pick<ServerPorts, 'authority' | 'addresses' | 'clock' | 'entropy' | 'log'>;

/**
 * What is answered in plain HTTP where HTTPS is served: the page about trust, the way to HTTPS for
 * who reads, and a refusal for who sends.
 */
export const createPlainApp = (ports: Ports) =>
  new Hono<AppEnv>()
    .use(requestLog(ports))
    .use(securityHeaders)
    .route('/', createTrustRoutes(ports))
    .get('*', (context) => {
      const { pathname, search } = new URL(context.req.url);
      return context.redirect(`${secureUrl(context.req.url, ports)}${pathname}${search}`);
    })
    .onError(answerError(ports.log))
    .notFound((context) =>
      problemToResponse(context, { code: 'httpsNeeded', url: ports.addresses.httpUrl }),
    );
