import { MAX_TEXT_CHARS } from '#content/bounds.ts';
import type { ReadNumbers } from '#core/speech/hotlines.ts';
import { createLexicon } from '#core/speech/lexicon.ts';
import { normaliseSpeech } from '#core/speech/normalise-speech.ts';
import { repeatImportant } from '#core/speech/repeat-important.ts';
import { withUnitName } from '#core/speech/unit-name.ts';
import type { Id } from '#schemas/primitives.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { SpeechManner, SpokenText } from '#schemas/speech.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import { readScriptNumbers } from './script-numbers.ts';

/** A script, how it is to be read out, and the units that it is for; none named: all of them. */
export interface Script {
  readonly text: string;
  readonly manner: SpeechManner;
  readonly units: readonly Id[];
}

/** A script in the words that it is said in, and the telephone numbers among them. */
export type ReadScript = SpokenText & { readonly numbers: ReadNumbers };

/**
 * A script as it will be read out at this site, with every change, repeats, telephone numbers and the
 * name of its unit included. Errors: textTooLong. Source: issue 6, 4.
 */
export const readScript = async (
  ports: Pick<ServerPorts, 'store' | 'clock'>,
  { text, manner, units }: Script,
): Promise<Result<ReadScript, ProblemOf<'textTooLong'>>> => {
  if (text.length > MAX_TEXT_CHARS) {
    return refuse({ code: 'textTooLong', chars: text.length, maxChars: MAX_TEXT_CHARS });
  }
  const lexicon = createLexicon(await ports.store.pronunciations());
  const numbers = (await readScriptNumbers(ports))({ script: text, units });
  const script = repeatImportant(withUnitName(text, numbers), manner.repeats);
  return ok({ ...normaliseSpeech(script, { usage: manner.usage, lexicon, numbers }), numbers });
};
