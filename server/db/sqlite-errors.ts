const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';

const full = new Set(['SQLITE_FULL', 'SQLITE_IOERR_SHMSIZE', 'ENOSPC', 'EDQUOT']);
const closed = new Set(['SQLITE_CANTOPEN', 'SQLITE_READONLY', 'EACCES', 'EPERM', 'EROFS']);
const taken = new Set(['SQLITE_CONSTRAINT_PRIMARYKEY', 'SQLITE_CONSTRAINT_UNIQUE']);

/** Whether there was no room left to write. */
export const isDiskFull = (error: unknown): boolean => full.has(codeOf(error));

/** Whether the file is no SQLite database at all. */
export const isNoDatabase = (error: unknown): boolean => codeOf(error) === 'SQLITE_NOTADB';

/** Whether the file or its folder may not be written. */
export const isNotWritable = (error: unknown): boolean => closed.has(codeOf(error));

/** Whether a row with this key stands already. */
export const isKeyTaken = (error: unknown): boolean => taken.has(codeOf(error));
