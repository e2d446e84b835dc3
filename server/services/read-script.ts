import { MAX_TEXT_CHARS } from '#content/bounds.ts';
import { createLexicon } from '#core/speech/lexicon.ts';
import { normaliseSpeech } from '#core/speech/normalise-speech.ts';
import { repeatImportant } from '#core/speech/repeat-important.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import type { PreviewSpeechRequest } from '#schemas/requests/speech.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { SpokenText } from '#schemas/speech.ts';
import type { ServerPorts } from '../ports/server-ports.ts';

/**
 * A script as it will be read out at this site, with every change, repeats included. Errors:
 * textTooLong. Source: issue 6, 4.
 */
export const readScript = async (
  { store }: Pick<ServerPorts, 'store'>,
  { text, manner }: PreviewSpeechRequest,
): Promise<Result<SpokenText, ProblemOf<'textTooLong'>>> => {
  if (text.length > MAX_TEXT_CHARS) {
    return refuse({ code: 'textTooLong', chars: text.length, maxChars: MAX_TEXT_CHARS });
  }
  const lexicon = createLexicon(await store.pronunciations());
  const script = repeatImportant(text, manner.repeats);
  return ok(normaliseSpeech(script, { usage: manner.usage, lexicon }));
};
