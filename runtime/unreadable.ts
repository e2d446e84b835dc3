/** What the file system says of a path that is not there, not ours to read, or a folder. */
const unreadable: ReadonlySet<unknown> = new Set([
  'ENOENT',
  'ENOTDIR',
  'EACCES',
  'EPERM',
  'EISDIR',
]);

/** Whether a file could not be read because of its path or its rights. */
export const isUnreadable = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && unreadable.has(error.code);
