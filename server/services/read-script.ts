import { MAX_TEXT_CHARS } from '#content/bounds.ts';
import { createLexicon } from '#core/speech/lexicon.ts';
import { normaliseSpeech } from '#core/speech/normalise-speech.ts';
import { repeatImportant } from '#core/speech/repeat-important.ts';
import { withUnitName } from '#core/speech/unit-name.ts';
import type { Id } from '#schemas/primitives.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { SpeechManner, SpokenText } from '#schemas/speech.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import { type Reading, scriptDeeds } from './script-deeds.ts';
import { readScriptLines } from './script-numbers.ts';

/** A script, how it is to be read out, and the units that it is for; none named: all of them. */
export interface Script {
  readonly text: string;
  readonly manner: SpeechManner;
  readonly units: readonly Id[];
}

/** A script in the words that it is said in, and how it came to be read so. */
export type ReadScript = SpokenText & { readonly reading: Reading };

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
  const { store, clock } = ports;
  const readMs = Math.floor(clock.wallMs());
  const pronunciations = await store.pronunciations();
  const lines = await readScriptLines(ports);
  // After the numbers: of one that is taken away in between, both would be missed.
  const removals = await store.hotlineRemovals();
  const numbers = lines.numbersOf({ script: text, units });
  const named = withUnitName(text, numbers);
  const deeds = scriptDeeds({ script: named, units }, { lines, removals, pronunciations });
  const script = repeatImportant(named, manner.repeats);
  const lexicon = createLexicon(pronunciations);
  const spoken = normaliseSpeech(script, { usage: manner.usage, lexicon, numbers });
  return ok({ ...spoken, reading: { readMs, numbers, deeds } });
};
