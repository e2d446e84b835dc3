import { UNIT_NAME_KEY } from '#schemas/unit-name-key.ts';
import type { ReadNumbers } from './hotlines.ts';

const PLACEHOLDER = `{${UNIT_NAME_KEY}}`;

/**
 * The script with the name of the unit that it is for, where that is known, written out so that it is
 * read as any other words are.
 */
export const withUnitName = (script: string, numbers: ReadNumbers): string => {
  const name = numbers.get(UNIT_NAME_KEY) ?? PLACEHOLDER;
  return script.replaceAll(PLACEHOLDER, () => name);
};
