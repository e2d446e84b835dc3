import { join } from 'node:path';
import * as z from 'zod';
import {
  emptyBook,
  MAX_BOOKED_SESSIONS,
  MAX_SETTLED_ORDERS,
  type SessionBook,
} from '#core/playback/session-book.ts';
import type { Logger } from '#runtime/logger.ts';
import { idSchema, instantMsSchema, sha256Schema } from '#schemas/primitives.ts';
import { sessionIdSchema } from '#schemas/session.ts';
import { parseJson } from '../log/record-line.ts';
import type { Disk } from '../ports/disk.ts';

const bookSchema = z.object({
  sessions: z
    .array(
      z.object({
        session: sessionIdSchema,
        startMs: instantMsSchema,
        playlist: sha256Schema,
        order: idSchema.nullable(),
        state: z.enum(['begun', 'closed']),
      }),
    )
    .max(MAX_BOOKED_SESSIONS),
  settledOrders: z.array(idSchema).max(MAX_SETTLED_ORDERS),
});

/** The book of sessions and orders, kept over restarts. */
export interface BookFile {
  book(): SessionBook;
  /** Holds from now on; resolves when it is on disk, or the disk is full. */
  put(book: SessionBook): Promise<void>;
}

/** The book in the agent's folder; a book that cannot be read counts as empty. */
export const openBookFile = async (
  disk: Disk,
  folder: string,
  logger: Logger,
): Promise<BookFile> => {
  const path = join(folder, 'sessions.json');
  const bytes = await disk.read(path);
  const parsed = bookSchema.safeParse(bytes === undefined ? undefined : parseJson(bytes));
  if (bytes !== undefined && !parsed.success) logger.error({ event: 'bookUnreadable', path });
  let book: SessionBook = parsed.success ? parsed.data : emptyBook;
  return {
    book: () => book,
    put: async (next) => {
      if (next === book) return;
      book = next;
      const written = await disk.write(path, JSON.stringify(next));
      if (!written.ok) logger.error({ event: 'bookNotWritten', problem: written.problem });
    },
  };
};
