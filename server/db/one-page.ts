import { gt } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { ListQuery } from '#schemas/requests/list.ts';

/** SQLite's word for no bound. */
const NO_LIMIT = -1;

/** Which rows of a list that goes by its ids are asked for, and how many; without a page all. */
export const onePage = (id: SQLiteColumn, page: ListQuery | undefined) => ({
  where: page?.after === undefined ? undefined : gt(id, page.after),
  limit: page?.limit ?? NO_LIMIT,
});
