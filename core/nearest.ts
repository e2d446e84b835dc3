import type { Id } from '#schemas/primitives.ts';

/**
 * What is found first on the way up: `path` leads from a unit to its root, and after it `find` is
 * asked for the whole site (null). Undefined where there is nothing at any level.
 */
export const nearest = <T>(
  path: readonly Id[],
  find: (unit: Id | null) => T | undefined,
): T | undefined => {
  for (const unit of [...path, null]) {
    const found = find(unit);
    if (found !== undefined) return found;
  }
  return undefined;
};
