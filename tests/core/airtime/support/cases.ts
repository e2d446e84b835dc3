/** Mutation testing runs each property hundreds of times and has time for a part of its cases. */
const divisor = Number(process.env.TIENG_LANG_TEST_CASES_DIVISOR ?? 1);

/** How many cases fast-check tries of a property. */
export const cases = (count: number): { readonly numRuns: number } => ({
  numRuns: Math.ceil(count / divisor),
});
