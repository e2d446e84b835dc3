import { getTableColumns, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { SQLiteColumn, SQLiteInsertValue, SQLiteTable } from 'drizzle-orm/sqlite-core';

/** Writes rows of one table with statements that are prepared once. */
export interface Writer<V> {
  put(value: V): void;
  insert(value: V): void;
}

/**
 * A writer of values that have a field for each column of the table. `key` are the columns that a
 * `put` goes by. Columns of JSON or instants must not be null: the statement would encode it.
 */
export const createWriter = <T extends SQLiteTable>(
  orm: BetterSQLite3Database,
  table: T,
  key: readonly SQLiteColumn[],
): Writer<Required<T['$inferInsert']>> => {
  const columns = Object.entries(getTableColumns(table));
  // The type of a row cannot be built from the list of a table's columns; it holds by construction.
  const row = Object.fromEntries(
    columns.map(([name]) => [name, sql.placeholder(name)]),
  ) as SQLiteInsertValue<T>;
  const rest = columns
    .filter(([, column]) => !key.some((part) => part.name === column.name))
    .map(([name, column]) => [name, sql.raw(`excluded."${column.name}"`)]);
  const insert = orm.insert(table).values(row).prepare();
  const put = orm
    .insert(table)
    .values(row)
    .onConflictDoUpdate({ target: [...key], set: Object.fromEntries(rest) })
    .prepare();
  return {
    put: (value) => void put.run({ ...value }),
    insert: (value) => void insert.run({ ...value }),
  };
};
