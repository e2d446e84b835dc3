import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { Aedes } from 'aedes';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import { MAX_MESSAGE_BYTES } from '#schemas/topics.ts';
import { createFrameGuard } from './frame-guard.ts';

/** Room for topic and header beside the largest payload. */
const MAX_PACKET_BYTES = MAX_MESSAGE_BYTES + 1024;
/** A province's speakers with room; the next connection is closed at once. */
const MAX_CONNECTIONS = 25_000;

export interface ListenAddress {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** The name of the setting that a taken port is reported under. */
  readonly setting: string;
}

/** The door as it stands open. */
export interface SpeakerListener {
  readonly port: number;
  /** Lets nobody in any more and cuts every connection, signed in or not. */
  close(): Promise<void>;
}

/**
 * The TCP door of the embedded broker. A connection that announces a packet above the bound is cut
 * before the packet is read. Errors: portTaken.
 */
export const listenForSpeakers = (
  aedes: Aedes,
  address: ListenAddress,
): Promise<Result<SpeakerListener, ProblemOf<'portTaken'>>> =>
  new Promise((resolve, reject) => {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      aedes.handle(guarded(socket));
    });
    server.maxConnections = MAX_CONNECTIONS;
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') return reject(error);
      resolve(refuse({ code: 'portTaken', port: address.port, setting: address.setting }));
    });
    server.listen(address.port, address.host, () => resolve(ok(listenerOf(server, sockets))));
  });

const listenerOf = (server: Server, sockets: ReadonlySet<Socket>): SpeakerListener => ({
  port: (server.address() as AddressInfo).port,
  close: () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    }),
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
