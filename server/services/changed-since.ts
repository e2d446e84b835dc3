import type { ProblemOf } from '#schemas/problem.ts';

/**
 * The fields that no longer are what somebody saw before changing them; undefined where all are, or
 * where nobody says what was seen.
 */
export const changedSince = <T extends object>(
  seen: T | undefined,
  now: T,
): ProblemOf<'overtaken'> | undefined => {
  if (seen === undefined) return undefined;
  const isSame = (field: keyof T): boolean =>
    JSON.stringify(seen[field]) === JSON.stringify(now[field]);
  const fields = Object.keys(now).filter((field) => !isSame(field as keyof T));
  return fields.length === 0 ? undefined : { code: 'overtaken', fields };
};
