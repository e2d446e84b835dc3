import type { Language } from '#schemas/messages/fill-sentence.ts';
import type { ProblemCode } from '#schemas/problem.ts';
import type { Say } from '../texts/texts.ts';

/** The server's sentence of a problem, in each language, as its `problemToSentence` has it. */
type Sentences = Readonly<Record<Language, string>>;

/**
 * Carries the problem of a call through TanStack Query, whose failures are exceptions. Without
 * sentences it was found here, and not by the server.
 */
export class Refused extends Error {
  readonly code: ProblemCode;
  readonly sentences: Sentences | null;
  constructor(code: ProblemCode, sentences: Sentences | null = null) {
    super(code);
    this.code = code;
    this.sentences = sentences;
  }
}

/** Why a call failed, for a person. */
export const errorToText = (error: unknown, language: Language, say: Say): string => {
  const sentences = error instanceof Refused ? error.sentences : null;
  return sentences === null ? say('failed.server') : sentences[language];
};

/** The refusal in the body of an answer; an answer that is none of ours is no server. */
export const bodyToRefused = (text: string): Refused => {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null && 'code' in body && 'sentence' in body) {
      // The server's own answer: server/http/problem-response.ts.
      return new Refused(body.code as ProblemCode, body.sentence as Sentences);
    }
  } catch {
    // Not JSON: something between us and the server answered.
  }
  return new Refused('serverUnreachable');
};
