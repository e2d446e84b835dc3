import { refuse } from '#schemas/result.ts';
import type { DiskFull } from '../ports/disk.ts';

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;

/** Whether the file system says that there is no such file. */
export const isMissing = (error: unknown): boolean => codeOf(error) === 'ENOENT';

/** Whether the file system says that nothing fits any more. */
export const isFull = (error: unknown): boolean => {
  const code = codeOf(error);
  return code === 'ENOSPC' || code === 'EDQUOT';
};

/** A refusal when the file system says that nothing fits any more; anything else is thrown on. */
export const refuseWhenFull = (error: unknown, path: string): { ok: false; problem: DiskFull } => {
  if (isFull(error)) return refuse({ code: 'diskFull', path });
  throw error;
};
