import { join } from 'node:path';
import * as z from 'zod';
import type { MakeGood } from '#core/make-good/make-good.ts';
import type { Logger } from '#runtime/logger.ts';
import { repaymentSchema } from '#schemas/make-good.ts';
import { MAX_SESSIONS_PER_DAY, sessionSchema } from '#schemas/playlist.ts';
import { instantMsSchema, sha256Schema } from '#schemas/primitives.ts';
import { sessionIdSchema } from '#schemas/session.ts';
import { parseJson } from '../log/record-line.ts';
import type { Disk } from '../ports/disk.ts';

const fileSchema = z.object({
  placed: z
    .array(
      z.object({
        session: sessionSchema.extend({ id: sessionIdSchema, startMs: instantMsSchema }),
        repays: repaymentSchema,
        playlist: sha256Schema,
        // Files of earlier versions do not know it.
        abandoned: z.boolean().default(false),
      }),
    )
    .max(MAX_SESSIONS_PER_DAY),
});

/** What was placed to repay, kept over restarts. */
export interface MakeGoodFile {
  placed(): readonly MakeGood[];
  /** Holds from now on; resolves when it is on disk, or the disk is full. False when nothing changed. */
  put(placed: readonly MakeGood[]): Promise<boolean>;
}

/**
 * The make-goods in the agent's folder. When they cannot be read they count as none: what was aired
 * of them stands in the log, and what was not is decided again.
 */
export const openMakeGoodFile = async (
  disk: Disk,
  folder: string,
  logger: Logger,
): Promise<MakeGoodFile> => {
  const path = join(folder, 'make-goods.json');
  const bytes = await disk.read(path);
  const parsed = fileSchema.safeParse(bytes === undefined ? undefined : parseJson(bytes));
  if (bytes !== undefined && !parsed.success) logger.error({ event: 'makeGoodsUnreadable', path });
  let placed: readonly MakeGood[] = parsed.success ? parsed.data.placed : [];
  return {
    placed: () => placed,
    put: async (next) => {
      const text = JSON.stringify({ placed: next });
      if (text === JSON.stringify({ placed })) return false;
      placed = next;
      const written = await disk.write(path, text);
      if (!written.ok) logger.error({ event: 'makeGoodsNotWritten', problem: written.problem });
      return true;
    },
  };
};
