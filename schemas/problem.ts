import type * as z from 'zod';
import { accessProblems } from './problems/access.ts';
import { airtimeProblems } from './problems/airtime.ts';
import { contentProblems } from './problems/content.ts';
import { linkProblems } from './problems/link.ts';
import { requestProblems } from './problems/request.ts';
import { setupProblems } from './problems/setup.ts';

/** The facts of each problem, by its code. */
export const problemFacts = {
  ...accessProblems,
  ...airtimeProblems,
  ...contentProblems,
  ...linkProblems,
  ...requestProblems,
  ...setupProblems,
} as const;

export type ProblemCode = keyof typeof problemFacts;

/** The fields of a code; zod types a code without any as a record that forbids every key. */
type FactsOf<F> = string extends keyof F ? unknown : Readonly<F>;

/** A refusal of one code, with its facts in fields. */
export type ProblemOf<C extends ProblemCode> = {
  [K in C]: { readonly code: K } & FactsOf<z.infer<(typeof problemFacts)[K]>>;
}[C];

/**
 * Why something was refused: a plain union by `code`, with the facts in fields. Each code has a
 * sentence in Vietnamese and in English in `messages/`. Source: DESIGN.md, rules that hold everywhere.
 */
export type Problem = ProblemOf<ProblemCode>;

/** Every code there is. */
export const problemCodes = Object.keys(problemFacts) as ProblemCode[];
