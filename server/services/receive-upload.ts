import { type FileHandle, mkdir, mkdtemp, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isDiskFull } from '#content/disk-full.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';

/** Bytes on their way in. `declaredBytes` is what the sender said there would be, if it did. */
export interface Upload {
  readonly chunks: AsyncIterable<Uint8Array>;
  readonly declaredBytes: number | null;
}

export type UploadProblem = ProblemOf<'fileTooLarge' | 'uploadInterrupted' | 'diskFull'>;
type Ports = Pick<ServerPorts, 'workFolder' | 'maxUploadBytes' | 'log'>;

/**
 * Brings an upload into a file of its own, hands its path to `use`, and removes the file, whatever
 * came of it. Errors: fileTooLarge, uploadInterrupted, diskFull, and those of `use`.
 */
export const receiveUpload = async <T, P>(
  ports: Ports,
  upload: Upload,
  use: (path: string) => Promise<Result<T, P>>,
): Promise<Result<T, P | UploadProblem>> => {
  const { maxUploadBytes: maxBytes } = ports;
  const { declaredBytes: bytes } = upload;
  if (bytes !== null && bytes > maxBytes) return refuse({ code: 'fileTooLarge', bytes, maxBytes });
  await mkdir(ports.workFolder, { recursive: true });
  const folder = await mkdtemp(join(ports.workFolder, 'upload-'));
  try {
    const path = join(folder, 'source');
    const received = await writeChunks(ports, upload, path);
    return received.ok ? await use(path) : received;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const writeChunks = async (
  ports: Ports,
  upload: Upload,
  path: string,
): Promise<Result<void, UploadProblem>> => {
  const handle = await open(path, 'wx', 0o600);
  try {
    return await copyChunks(ports, upload, handle);
  } catch (error) {
    if (isDiskFull(error)) return refuse({ code: 'diskFull', path: ports.workFolder });
    throw error;
  } finally {
    await handle.close();
  }
};

const copyChunks = async (
  ports: Ports,
  { chunks, declaredBytes }: Upload,
  handle: FileHandle,
): Promise<Result<void, UploadProblem>> => {
  const { maxUploadBytes: maxBytes } = ports;
  const iterator = chunks[Symbol.asyncIterator]();
  for (let bytes = 0; ; ) {
    const next = await nextChunk(ports, iterator);
    if (next === undefined || (next.done && declaredBytes !== null && bytes !== declaredBytes)) {
      return refuse({ code: 'uploadInterrupted' });
    }
    if (next.done) return ok(undefined);
    bytes += next.value.length;
    if (bytes > maxBytes) {
      await iterator.return?.();
      return refuse({ code: 'fileTooLarge', bytes: null, maxBytes });
    }
    await handle.write(next.value);
  }
};

/** The next chunk; undefined when the sender has gone in the middle. */
const nextChunk = async (
  { log }: Ports,
  iterator: AsyncIterator<Uint8Array>,
): Promise<IteratorResult<Uint8Array> | undefined> => {
  try {
    return await iterator.next();
  } catch (error) {
    log.info({ event: 'uploadInterrupted', error: String(error) });
    return undefined;
  }
};
