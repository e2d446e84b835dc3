import { createMiddleware } from 'hono/factory';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { AppEnv } from './app-env.ts';
import { isPlainAtProxy } from './caller.ts';
import { RequestRefused } from './problem-response.ts';

/**
 * Where the public address is HTTPS and a reverse proxy of ours took a request in plain HTTP: leads
 * who reads to HTTPS, and refuses who sends.
 */
export const secureOnly = (ports: Pick<ServerPorts, 'addresses' | 'isOurProxy'>) =>
  createMiddleware<AppEnv>(async (context, next) => {
    const { httpUrl } = ports.addresses;
    if (!httpUrl.startsWith('https:') || !isPlainAtProxy(context, ports)) return next();
    const { method, url } = context.req;
    if (method !== 'GET' && method !== 'HEAD') {
      throw new RequestRefused({ code: 'httpsNeeded', url: httpUrl });
    }
    const { pathname, search } = new URL(url);
    return context.redirect(`${httpUrl}${pathname}${search}`);
  });
