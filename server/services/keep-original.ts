import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { isDiskFull } from '#content/disk-full.ts';
import { hashStream } from '#content/hash-file.ts';
import type { Making } from '#schemas/making.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';

/** A recording as it was brought. */
export type Original = NonNullable<Making['original']>;

/**
 * Puts the recording as it was brought into the store, under its hash. Errors: clipCorrupt (it
 * changed meanwhile), diskFull. Source: issue 6, 3.
 */
export const keepOriginal = async (
  { clips }: Pick<ServerPorts, 'clips'>,
  path: string,
): Promise<Result<Original, ProblemOf<'clipCorrupt' | 'diskFull'>>> => {
  const sha256 = await hashStream(createReadStream(path));
  const { size: bytes } = await stat(path);
  const put = await clips.put(sha256, path);
  return put.ok ? ok({ sha256, bytes }) : put;
};

/**
 * Brings a kept recording into a file of its own, hands its path to `use`, and removes the file.
 * Errors: clipMissing, diskFull, and those of `use`; throws when the store's bytes are corrupt.
 */
export const withOriginal = async <T, P>(
  { clips, workFolder }: Pick<ServerPorts, 'clips' | 'workFolder'>,
  { sha256 }: Original,
  use: (path: string) => Promise<Result<T, P>>,
): Promise<Result<T, P | ProblemOf<'clipMissing' | 'diskFull'>>> => {
  await mkdir(workFolder, { recursive: true });
  const folder = await mkdtemp(join(workFolder, 'original-'));
  try {
    const path = join(folder, 'source');
    const bytes = await clips.open(sha256);
    if (!bytes.ok) return bytes;
    await pipeline(bytes.value, createWriteStream(path, { mode: 0o600 }));
    return await use(path);
  } catch (error) {
    if (isDiskFull(error)) return refuse({ code: 'diskFull', path: workFolder });
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
