import { createRequire } from 'node:module';

/** Its types describe the CommonJS build, so that is what is loaded. */
const loadHighs: typeof import('highs').default = createRequire(import.meta.url)('highs');
const highs = await loadHighs();

/** Integer variables by name, an objective and linear constraints, in CPLEX LP terms. */
export interface IntegerProgram {
  readonly minimise: string;
  readonly constraints: readonly string[];
  /** Whole numbers from 0 on. */
  readonly integers: readonly string[];
  /** 0 or 1. */
  readonly binaries: readonly string[];
}

/** A sum of terms in the text of a program. */
export const sumOf = (
  terms: readonly { readonly factor: number; readonly name: string }[],
): string => terms.map(({ factor, name }) => `${factor} ${name}`).join(' + ');

/**
 * The least value of the objective, proved by HiGHS to be within `gap` of it; undefined where the constraints cannot hold.
 * Throws when HiGHS ends in any other way.
 */
export const solveExactly = (program: IntegerProgram, gap = 0): number | undefined => {
  const lines = [
    'Minimize',
    ` obj: ${program.minimise}`,
    'Subject To',
    ...program.constraints.map((constraint, index) => ` c${index}: ${constraint}`),
    'General',
    ` ${program.integers.join(' ')}`,
    'Binary',
    ` ${program.binaries.join(' ')}`,
    'End',
  ];
  const { Status: status, ObjectiveValue: value } = highs.solve(lines.join('\n'), {
    mip_rel_gap: gap,
  });
  if (status === 'Infeasible') return undefined;
  if (status !== 'Optimal') throw new Error(`HiGHS ended with ${status}`);
  return value;
};
