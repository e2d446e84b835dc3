import { Server as HttpServer } from 'node:http';
import { createServer as createHttpsServer, Server as HttpsServer } from 'node:https';
import { createServer, type Server, type Socket } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { TlsSource } from '../ports/tls.ts';

/** The longest that one request may take to arrive: the largest upload on a slow line. */
const REQUEST_TIMEOUT_MS = 30 * 60_000;
const MAX_CONNECTIONS = 10_000;
/**
 * How long an idle connection is kept: longer than clients and proxies keep theirs, so that it is not
 * closed under a request that is just being sent.
 */
const KEEP_ALIVE_MS = 65_000;
/** How long a connection may say nothing before it is known which door it wants. */
const FIRST_BYTE_MS = 10_000;
/** The first byte of every TLS connection: a handshake. Source: RFC 8446, 5.1. */
const TLS_HANDSHAKE = 22;

type Fetch = Parameters<typeof createAdaptorServer>[0]['fetch'];

/** What listens at one port. */
export interface Door {
  readonly server: Server;
  closeIdleConnections(): void;
  closeAllConnections(): void;
}

/** Plain HTTP. */
export const createPlainDoor = (fetch: Fetch): Door => {
  const server = createAdaptorServer({ fetch });
  if (!(server instanceof HttpServer)) throw new Error('not an HTTP/1.1 server');
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.maxConnections = MAX_CONNECTIONS;
  return {
    server,
    closeIdleConnections: () => server.closeIdleConnections(),
    closeAllConnections: () => server.closeAllConnections(),
  };
};

const createSecureServer = (fetch: Fetch, tls: TlsSource): HttpsServer => {
  const server = createAdaptorServer({
    fetch,
    createServer: createHttpsServer,
    serverOptions: { ...tls.current() },
  });
  if (!(server instanceof HttpsServer)) throw new Error('not an HTTPS server');
  tls.onRenewed((certificate) => server.setSecureContext({ ...certificate }));
  return server;
};

/** A machine that calls itself at one of its own addresses has that one at both ends. */
const isFromHere = ({ remoteAddress = '', localAddress }: Socket): boolean =>
  /^(::ffff:)?127\./.test(remoteAddress) ||
  remoteAddress === '::1' ||
  remoteAddress === localAddress;

export interface SecureDoorOptions {
  /** Over HTTPS, and in plain HTTP from this machine. */
  readonly fetch: Fetch;
  /** In plain HTTP from elsewhere. */
  readonly plainFetch: Fetch;
  readonly tls: TlsSource;
}

/**
 * HTTPS and plain HTTP at one port, told apart by their first byte, so that who types the address
 * without `https` is shown the way, and programs on this machine need no certificate.
 */
export const createSecureDoor = ({ fetch, plainFetch, tls }: SecureDoorOptions): Door => {
  const secure = createSecureServer(fetch, tls);
  const local = createPlainDoor(fetch);
  const plain = createPlainDoor(plainFetch);
  secure.requestTimeout = REQUEST_TIMEOUT_MS;
  secure.keepAliveTimeout = KEEP_ALIVE_MS;
  const inner = [secure, local.server, plain.server];
  // They never listen themselves, but begin then to watch over the times of their connections.
  for (const server of inner) server.emit('listening');
  const server = createServer((socket) => {
    awaitFirstByte(socket, (first) => {
      if (first === TLS_HANDSHAKE) return secure;
      return isFromHere(socket) ? local.server : plain.server;
    });
  });
  server.maxConnections = MAX_CONNECTIONS;
  server.on('close', () => {
    for (const each of inner) each.close(() => undefined);
  });
  const doors = [secure, local, plain];
  return {
    server,
    closeIdleConnections: () => {
      for (const door of doors) door.closeIdleConnections();
    },
    closeAllConnections: () => {
      for (const door of doors) door.closeAllConnections();
    },
  };
};

const awaitFirstByte = (socket: Socket, serverOf: (first: number) => Server): void => {
  const drop = (): void => void socket.destroy();
  socket.once('error', drop);
  socket.setTimeout(FIRST_BYTE_MS, drop);
  socket.once('readable', () => {
    const first: Buffer | null = socket.read(1);
    socket.setTimeout(0);
    socket.off('timeout', drop);
    if (first === null) return drop();
    socket.unshift(first);
    socket.off('error', drop);
    serverOf(first[0] ?? 0).emit('connection', socket);
  });
};
