import type { Language } from '#schemas/messages/sentence.ts';
import { problemToSentence } from '#schemas/messages/sentence.ts';
import type { Problem } from '#schemas/problem.ts';

/** Carries the problem of a refused call through TanStack Query, whose failures are exceptions. */
export class Refused extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.code);
    this.problem = problem;
  }
}

/** The sentence of whatever a call failed with. */
export const errorToSentence = (error: unknown, language: Language): string => {
  const problem: Problem =
    error instanceof Refused
      ? error.problem
      : { code: 'serverUnreachable', url: window.location.origin };
  return problemToSentence(problem, language);
};

/** The problem in the body of a refused answer; an answer that is none of ours is no server. */
export const bodyToProblem = (text: string): Problem => {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null && 'code' in body && 'sentence' in body) {
      return body as unknown as Problem; // The server's own answer: schemas/problem.ts.
    }
  } catch {
    // Not JSON: something between us and the server answered.
  }
  return { code: 'serverUnreachable', url: window.location.origin };
};
