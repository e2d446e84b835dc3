import { rm } from 'node:fs/promises';
import { createConnection, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import { sha256 } from './signing.ts';

/** A program's folder, held by this process. */
export interface FolderLock {
  release(): Promise<void>;
}

const NAME_DIGITS = 32;

/**
 * The name of the folder's lock: a socket that the system frees when its process dies, so that a
 * killed program leaves nothing that keeps the next one out. Where the system has no such names, a
 * socket file, which nobody answers any more after a kill.
 */
const lockName = (folder: string): string => {
  const name = `tieng-lang-${sha256(Buffer.from(folder)).slice(0, NAME_DIGITS)}`;
  if (process.platform === 'linux') return `\0${name}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  return join(tmpdir(), `${name}.sock`);
};

/** Takes the folder, an absolute path, for this process. Errors: alreadyRunning. */
export const lockFolder = async (
  folder: string,
): Promise<Result<FolderLock, ProblemOf<'alreadyRunning'>>> => {
  const name = lockName(folder);
  const first = await listen(name);
  if (first !== undefined) return ok(lockOver(first));
  if (await isAnswered(name)) return refuse({ code: 'alreadyRunning', path: folder });
  await rm(name.replace('\0', ''), { force: true });
  const second = await listen(name);
  return second === undefined
    ? refuse({ code: 'alreadyRunning', path: folder })
    : ok(lockOver(second));
};

const lockOver = (server: Server): FolderLock => ({
  release: () => new Promise((resolve) => server.close(() => resolve())),
});

const listen = (name: string): Promise<Server | undefined> =>
  new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', () => resolve(undefined));
    server.listen(name, () => {
      server.unref();
      resolve(server);
    });
  });

const isAnswered = (name: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection(name);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
