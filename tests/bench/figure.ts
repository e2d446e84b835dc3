/**
 * One line of `npm run bench`: our figure, the raw limit measured in the same run, and
 * `ratio` = value ÷ raw. `rawWhat` says what the raw limit is.
 */
export type Figure = {
  readonly figure: string;
  readonly value: number;
  readonly raw: number;
  readonly unit: string;
  readonly rawWhat: string;
  readonly ratio: number;
};

/** The middle one of some measurements. */
export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};
