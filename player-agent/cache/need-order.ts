import * as z from 'zod';
import { type Sha256, sha256Schema } from '#schemas/primitives.ts';
import { parseJson } from '../log/record-line.ts';
import type { Disk } from '../ports/disk.ts';

const orderSchema = z.array(sha256Schema);

/** Which clips were needed how lately, kept over restarts; times of files say when they came. */
export interface NeedOrder {
  /** These are needed now. Of the others those that are on disk are remembered. */
  note(needed: readonly Sha256[], present: ReadonlySet<Sha256>): Promise<void>;
  /** Greater, the later it was needed; -1 when that is not known. */
  rankOf(sha256: Sha256): number;
}

/** The order as it was at the last stop; a file that is lost or damaged is an empty one. */
export const openNeedOrder = async (disk: Disk, path: string): Promise<NeedOrder> => {
  const bytes = await disk.read(path);
  let order = orderSchema.safeParse(bytes === undefined ? [] : parseJson(bytes)).data ?? [];
  return {
    note: async (needed, present) => {
      const now = new Set(needed);
      const before = order.filter((sha256) => present.has(sha256) && !now.has(sha256));
      const next = [...before, ...now];
      if (next.join() === order.join()) return;
      order = next;
      // On a full disk the order before stays there.
      await disk.write(path, JSON.stringify(order));
    },
    rankOf: (sha256) => order.indexOf(sha256),
  };
};
