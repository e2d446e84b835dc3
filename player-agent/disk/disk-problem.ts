import { refuse } from '#schemas/result.ts';
import type { DiskFull } from '../ports/disk.ts';

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;

/** Whether the file system says that there is no such file. */
export const isMissing = (error: unknown): boolean => codeOf(error) === 'ENOENT';

/** A refusal when the file system says that nothing fits any more; anything else is thrown on. */
export const refuseWhenFull = (error: unknown, path: string): { ok: false; problem: DiskFull } => {
  const code = codeOf(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') return refuse({ code: 'diskFull', path });
  throw error;
};
