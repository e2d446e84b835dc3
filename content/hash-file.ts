import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { Sha256 } from '#schemas/primitives.ts';

/** The SHA-256 of everything that a stream still holds, read piece by piece. Source: FIPS 180-4. */
export const hashStream = async (stream: Readable): Promise<Sha256> => {
  const hash = createHash('sha256');
  for await (const chunk of stream) hash.update(chunk);
  return hash.digest('hex');
};
