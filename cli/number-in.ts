/** What the server refuses wherever a number is expected here, and names. */
const NO_NUMBER = -1;

/**
 * The number that somebody typed, where the server also takes `null`: JSON writes `null` for what is no
 * number, and a slip of the finger would be taken for "nothing wanted".
 */
export const numberIn = (typed: string): number => {
  const number = typed.trim() === '' ? Number.NaN : Number(typed);
  return Number.isFinite(number) ? number : NO_NUMBER;
};
