import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A TCP line to a port of this machine that a test can cut and mend. */
export interface CuttableWire {
  readonly port: number;
  /** Where the line leads; nothing passes before it is set. */
  leadTo(port: number): void;
  /** Ends every connection at once, and every new one until it is mended. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

/** A line that listens at a free port. */
export const createCuttableWire = async (): Promise<CuttableWire> => {
  const ends = new Set<Socket>();
  let target: number | undefined;
  let isWhole = true;
  const keep = (socket: Socket, other: Socket) => {
    ends.add(socket);
    socket.on('error', () => other.destroy());
    socket.on('close', () => {
      ends.delete(socket);
      other.destroy();
    });
  };
  const server = createServer((near) => {
    if (!isWhole || target === undefined) {
      near.destroy();
      return;
    }
    const far = connect(target, '127.0.0.1');
    keep(near, far);
    keep(far, near);
    near.pipe(far).pipe(near);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => {
    isWhole = false;
    for (const socket of ends) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    leadTo: (port) => {
      target = port;
    },
    cut,
    mend: () => {
      isWhole = true;
    },
    close: async () => {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
};
