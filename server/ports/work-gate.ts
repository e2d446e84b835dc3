import type { ProblemOf } from '#schemas/problem.ts';
import type { Result } from '#schemas/result.ts';

/** Lets so much heavy work be done at once, keeps some waiting in order, and refuses the rest. */
export interface WorkGate {
  /** Does the work when its turn comes. Errors: tooManyTries, and those of the work. */
  run<T, P>(work: () => Promise<Result<T, P>>): Promise<Result<T, P | ProblemOf<'tooManyTries'>>>;
}
