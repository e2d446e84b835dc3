import { readFile } from 'node:fs/promises';
import {
  type IncomingMessage,
  createServer as plainServer,
  request,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as secureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { CertificateFiles } from './certificates.ts';

/** Where the proxy calls from, so that it is told apart from who calls the server directly. */
export const PROXY_ADDRESS = '127.0.0.2';

/** A reverse proxy with a door for HTTPS and one for plain HTTP. */
export interface ReverseProxy {
  readonly secureUrl: string;
  readonly plainUrl: string;
  /** The server to which everything goes from now on. */
  leadTo(url: string): void;
  close(): Promise<void>;
}

/**
 * A reverse proxy as they are commonly configured: appends the caller to X-Forwarded-For, sets
 * X-Forwarded-Proto, names itself as the host, and lets every other header through.
 */
export const openReverseProxy = async (files: CertificateFiles): Promise<ReverseProxy> => {
  let target = new URL('http://127.0.0.1:9');
  const forward = (proto: string) => (from: IncomingMessage, to: ServerResponse) => {
    const { host: _, ...headers } = from.headers;
    const before = headers['x-forwarded-for'];
    const caller = from.socket.remoteAddress ?? '';
    const forwarded = before === undefined ? caller : `${before}, ${caller}`;
    const asked = request({
      host: target.hostname,
      port: target.port,
      localAddress: PROXY_ADDRESS,
      method: from.method ?? 'GET',
      path: from.url ?? '/',
      headers: { ...headers, 'x-forwarded-for': forwarded, 'x-forwarded-proto': proto },
    });
    asked.on('response', (answer) => {
      to.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(to);
    });
    asked.on('error', () => to.destroy());
    to.on('close', () => asked.destroy());
    from.pipe(asked);
  };
  const [cert, key] = [await readFile(files.certPath), await readFile(files.keyPath)];
  const secure = secureServer({ cert, key }, forward('https'));
  const plain = plainServer(forward('http'));
  return {
    secureUrl: `https://127.0.0.1:${await portOf(secure)}`,
    plainUrl: `http://127.0.0.1:${await portOf(plain)}`,
    leadTo: (url) => {
      target = new URL(url);
    },
    close: async () => {
      for (const server of [secure, plain]) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
};

const portOf = (server: Pick<Server, 'listen' | 'address'>): Promise<number> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
