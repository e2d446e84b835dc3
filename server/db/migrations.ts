import { readdirSync, readFileSync } from 'node:fs';
import type { Database } from 'better-sqlite3';

const folder = new URL('./migrations/', import.meta.url);

/** The steps in their order; the database's `user_version` counts how many it has taken. */
const steps = (): readonly string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => readFileSync(new URL(name, folder), 'utf8'));

/** The version that this program brings a database to. */
export const newestVersion = (): number => steps().length;

/** Brings the database up to date, each step whole or not at all. */
export const migrate = (database: Database, from: number): void => {
  for (const [index, sql] of steps().entries()) {
    if (index < from) continue;
    database.transaction(() => {
      database.exec(sql);
      database.pragma(`user_version = ${index + 1}`);
    })();
  }
};
