import { and, asc, eq, gte, inArray, ne, notInArray, or } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { MAX_LIST } from '../ports/store.ts';
import type { UploadReads } from '../ports/upload-reads.ts';
import { uploads } from './tables/uploads.ts';

/** Reads of files on their way to a bulletin. */
export const createUploadReads = (orm: BetterSQLite3Database): UploadReads => ({
  uploadById: async (id) => orm.select().from(uploads).where(eq(uploads.id, id)).get(),
  uploadsAt: async (steps) =>
    orm
      .select()
      .from(uploads)
      .where(inArray(uploads.step, [...steps]))
      .orderBy(asc(uploads.id))
      .limit(MAX_LIST)
      .all(),
  uploadsOf: async (owner, doneSinceMs) =>
    orm
      .select()
      .from(uploads)
      .where(
        and(
          eq(uploads.owner, owner),
          notInArray(uploads.step, ['cancelled', 'expired']),
          or(ne(uploads.step, 'bulletin'), gte(uploads.changedMs, doneSinceMs)),
        ),
      )
      .orderBy(asc(uploads.id))
      .limit(MAX_LIST)
      .all(),
});
