import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { Aedes } from 'aedes';
import { type ListenAddress, type ListenProblem, listenAt } from '#runtime/listen-at.ts';
import { ok, type Result } from '#schemas/result.ts';
import { MAX_MESSAGE_BYTES } from '#schemas/topics.ts';
import type { TlsSource } from '../ports/tls.ts';
import { createFrameGuard } from './frame-guard.ts';

/** Room for topic and header beside the largest payload. */
const MAX_PACKET_BYTES = MAX_MESSAGE_BYTES + 1024;
/** A province's speakers with room; the next connection is closed at once. */
const MAX_CONNECTIONS = 25_000;
/** How long a speaker on a slow line may take to agree on keys. */
const HANDSHAKE_TIMEOUT_MS = 10_000;

/** A door as it stands open. */
export interface SpeakerListener {
  readonly port: number;
  /** Lets nobody in any more and cuts every connection, signed in or not. */
  close(): Promise<void>;
}

/**
 * A TCP door of the embedded broker, behind TLS where `tls` is given; a renewed certificate is shown
 * to who comes next. A connection that announces a packet above the bound is cut before the packet
 * is read. Errors: portTaken, configurationInvalid (the address is not to be had).
 */
export const listenForSpeakers = async (
  aedes: Aedes,
  address: ListenAddress,
  tls?: TlsSource,
): Promise<Result<SpeakerListener, ListenProblem>> => {
  const take = (socket: Socket): void => void aedes.handle(guarded(socket));
  const server = tls === undefined ? createServer(take) : secureServer(tls, take);
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.maxConnections = MAX_CONNECTIONS;
  const port = await listenAt(server, address);
  return port.ok ? ok({ port: port.value, close: () => close(server, sockets) }) : port;
};

const secureServer = (tls: TlsSource, take: (socket: Socket) => void): Server => {
  const options = { ...tls.current(), handshakeTimeout: HANDSHAKE_TIMEOUT_MS };
  const server = createTlsServer(options, take);
  tls.onRenewed((certificate) => server.setSecureContext({ ...certificate }));
  // Who does not trust us goes away in the middle of the handshake.
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  return server;
};

const close = (server: Server, sockets: ReadonlySet<Socket>): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    for (const socket of sockets) socket.destroy();
  });

/** aedes pulls every byte it parses through `read`, and itself knows no bound. */
const guarded = (socket: Socket): Socket => {
  const guard = createFrameGuard(MAX_PACKET_BYTES);
  const read = socket.read.bind(socket);
  socket.read = (size?: number) => {
    const chunk: Uint8Array | null = read(size);
    if (chunk === null || guard.accepts(chunk)) return chunk;
    socket.destroy();
    return null;
  };
  return socket;
};
