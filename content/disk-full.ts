const FULL = new Set(['ENOSPC', 'EDQUOT']);

/** Whether the file system refused a write because there is no room left for it. */
export const isDiskFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && FULL.has(String(error.code));
