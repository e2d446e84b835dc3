import { join } from 'node:path';
import * as z from 'zod';
import type { ChainHead } from '#core/log-chain.ts';
import { sha256 } from '#runtime/signing.ts';
import { sha256Schema } from '#schemas/primitives.ts';
import type { Disk } from '../ports/disk.ts';
import type { AsRunLog } from './as-run-log.ts';
import { parseJson } from './record-line.ts';

/** Without a hash it was written by an earlier version, or the record cannot be read any more. */
const deliveredSchema = z.object({ upTo: z.int().min(0), hash: sha256Schema.optional() });

/** Up to where the server has the log, on the speaker's own disk. */
export interface DeliveredFile {
  /** The number of the last acknowledged record; 0 before the first. */
  upTo(): Promise<number>;
  /** The end of the acknowledged chain; null while it is not known. */
  head(): Promise<ChainHead | null>;
  write(upTo: number, log: Pick<AsRunLog, 'read'>): Promise<void>;
}

/** The file in the log's folder. */
export const createDeliveredFile = (disk: Disk, folder: string): DeliveredFile => {
  const path = join(folder, 'acked.json');
  const read = async () => {
    const bytes = await disk.read(path);
    return deliveredSchema.safeParse(bytes === undefined ? undefined : parseJson(bytes)).data;
  };
  return {
    upTo: async () => (await read())?.upTo ?? 0,
    head: async () => {
      const { upTo, hash } = (await read()) ?? {};
      return upTo === undefined || hash === undefined ? null : { seq: upTo, hash };
    },
    write: async (upTo, log) => {
      const [envelope] = await log.read({ from: upTo, to: upTo, maxBytes: 1 });
      const hash = envelope && sha256(Buffer.from(envelope.payload, 'base64'));
      await disk.write(path, JSON.stringify({ upTo, hash }));
    },
  };
};
