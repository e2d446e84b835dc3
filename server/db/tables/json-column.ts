import { text } from 'drizzle-orm/sqlite-core';

/** A column that keeps a value as JSON text. */
export const jsonColumn = <T>(name: string) => text(name, { mode: 'json' }).$type<T>().notNull();
