import { chmodSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite, { type Database } from 'better-sqlite3';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import { migrate, newestVersion } from './migrations.ts';
import { isDiskFull, isNoDatabase, isNotWritable } from './sqlite-errors.ts';

/** "tlng" in ASCII: what the header of our database files says. */
const APPLICATION_ID = 0x746c6e67;

/** How long a statement waits for another process that is writing. */
const BUSY_TIMEOUT_MS = 5000;

/** It holds password hashes and sign-in tokens. */
const OWNER_ONLY = 0o600;

/** The database as this process has it open. */
export interface OpenDatabase {
  readonly path: string;
  readonly sqlite: Database;
  readonly orm: BetterSQLite3Database;
  close(): void;
}

export type OpenDatabaseProblem = ProblemOf<
  'databaseForeign' | 'databaseNewer' | 'diskFull' | 'folderNotWritable'
>;

/**
 * Opens the database file, makes it when there is none, and brings it up to date. Errors:
 * databaseForeign (the file is something else and was not touched), databaseNewer, diskFull,
 * folderNotWritable.
 */
export const openDatabase = (path: string): Result<OpenDatabase, OpenDatabaseProblem> => {
  try {
    const isNew = !existsSync(path);
    const stranger = isNew ? undefined : refuseStranger(path);
    if (stranger !== undefined) return refuse(stranger);
    mkdirSync(dirname(path), { recursive: true });
    return ok(openOurs(path, isNew));
  } catch (error) {
    return refuse(errorToProblem(error, path));
  }
};

/** Looks at a file without writing to it. An empty file is one that a killed start left. */
const refuseStranger = (
  path: string,
): ProblemOf<'databaseForeign' | 'databaseNewer'> | undefined => {
  if (!statSync(path).isFile()) return { code: 'databaseForeign', path };
  const sqlite = new Sqlite(path, { readonly: true, fileMustExist: true });
  try {
    const owner = sqlite.pragma('application_id', { simple: true });
    const version = versionOf(sqlite);
    const isEmpty = sqlite.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() === 0;
    if (owner !== APPLICATION_ID && !(isEmpty && owner === 0 && version === 0)) {
      return { code: 'databaseForeign', path };
    }
    return version > newestVersion() ? { code: 'databaseNewer', path } : undefined;
  } finally {
    sqlite.close();
  }
};

const versionOf = (sqlite: Database): number =>
  Number(sqlite.pragma('user_version', { simple: true }));

const openOurs = (path: string, isNew: boolean): OpenDatabase => {
  const sqlite = new Sqlite(path, { timeout: BUSY_TIMEOUT_MS });
  try {
    // Before the first statement: the files beside it take over its mode.
    chmodSync(path, OWNER_ONLY);
    if (isNew || versionOf(sqlite) === 0) sqlite.pragma(`application_id = ${APPLICATION_ID}`);
    sqlite.pragma('journal_mode = WAL');
    sqlite.pragma('synchronous = FULL');
    sqlite.pragma('foreign_keys = ON');
    migrate(sqlite, versionOf(sqlite));
  } catch (error) {
    sqlite.close();
    throw error;
  }
  return { path, sqlite, orm: drizzle(sqlite), close: () => sqlite.close() };
};

const errorToProblem = (error: unknown, path: string): OpenDatabaseProblem => {
  if (isNoDatabase(error)) return { code: 'databaseForeign', path };
  if (isDiskFull(error)) return { code: 'diskFull', path };
  if (isNotWritable(error)) return { code: 'folderNotWritable', path: dirname(path) };
  throw error;
};
