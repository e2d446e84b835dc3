import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A network line between browser and server that a test can break. */
export interface Line {
  readonly url: string;
  /** Ends every connection and takes no new one. */
  cut(): void;
  /** Leaves connections open and lets nothing through: a cable that was pulled. */
  hold(): void;
  /** Lets everything through again. */
  mend(): void;
  close(): Promise<void>;
}

/** A line to the server at `serverUrl`, at a free port of this machine. */
export const openLine = async (serverUrl: string): Promise<Line> => {
  const target = new URL(serverUrl);
  const sockets = new Set<Socket>();
  let state: 'whole' | 'cut' | 'held' = 'whole';
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    if (state === 'held') socket.pause();
  };
  const join = (from: Socket, to: Socket): void => {
    from.on('data', (bytes) => to.write(bytes));
    from.on('close', () => to.destroy());
  };
  const server = createServer((near) => {
    if (state === 'cut') {
      near.destroy();
      return;
    }
    const far = connect(Number(target.port), target.hostname);
    join(near, far);
    join(far, near);
    keep(near);
    keep(far);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const cut = (): void => {
    state = 'cut';
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${port}`,
    cut,
    hold: () => {
      state = 'held';
      for (const socket of sockets) socket.pause();
    },
    mend: () => {
      state = 'whole';
      for (const socket of sockets) socket.resume();
    },
    close: async () => {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
};
