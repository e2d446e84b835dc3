import { Hono } from 'hono';
import { AUTHORITY_PATH } from '#schemas/enrolment.ts';
import type { ServerPorts } from '../../ports/server-ports.ts';
import type { AppEnv } from '../app-env.ts';
import { trustPage } from '../trust-page.ts';

type Ports = Pick<ServerPorts, 'authority' | 'addresses'>;

/**
 * Where the console is over HTTPS for who asked for `url`: at the same name where the site vouches
 * for all its names, else at the public address.
 */
export const secureUrl = (url: string, { authority, addresses }: Ports): string =>
  authority === undefined ? addresses.httpUrl : `https://${new URL(url).host}`;

/** How devices come to trust the site's own certificate authority; nothing where there is none. */
export const createTrustRoutes = (ports: Ports) => {
  const { authority } = ports;
  const routes = new Hono<AppEnv>();
  if (authority === undefined) return routes;
  return routes
    .get('/trust', (context) =>
      context.html(trustPage(authority, secureUrl(context.req.url, ports))),
    )
    .get(AUTHORITY_PATH, (context) =>
      context.body(new Uint8Array(authority.certificateDer), 200, {
        'content-type': 'application/x-x509-ca-cert',
        'content-disposition': 'attachment; filename="site-ca.crt"',
      }),
    );
};
