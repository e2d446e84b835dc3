import type { Context } from 'hono';
import { problemToSentence } from '#schemas/messages/sentence.ts';
import type { Problem } from '#schemas/problem.ts';
import type { Result } from '#schemas/result.ts';
import { problemStatus } from './problem-status.ts';

/** Carries a problem out of a handler, so that answers are typed by their success alone. */
export class RequestRefused extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.code);
    this.problem = problem;
  }
}

/** The value of a success; a refusal ends the request with its problem. */
export const accepted = <T>(result: Result<T, Problem>): T => {
  if (!result.ok) throw new RequestRefused(result.problem);
  return result.value;
};

/** A refused body up to this size is read to its end, so that the connection can be used again. */
const MAX_UNREAD_BYTES = 65_536;

const mayBeUnread = ({ req }: Context): boolean =>
  req.header('transfer-encoding') !== undefined ||
  Number(req.header('content-length') ?? 0) > MAX_UNREAD_BYTES;

/** A problem as it is answered: code, facts, and its sentence in both languages. */
export const problemToResponse = (context: Context, problem: Problem): Response => {
  const sentence = { vi: problemToSentence(problem, 'vi'), en: problemToSentence(problem, 'en') };
  if (problem.code === 'tooManyTries') context.header('retry-after', `${problem.retryAfterS}`);
  if (mayBeUnread(context)) context.header('connection', 'close');
  return context.body(JSON.stringify({ ...problem, sentence }), problemStatus[problem.code], {
    'content-type': 'application/problem+json; charset=utf-8',
  });
};
