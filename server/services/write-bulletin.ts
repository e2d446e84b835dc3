import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { SpeechProblem } from '#content/ports.ts';
import { SPOKEN_LANGUAGE } from '#schemas/bulletin-language.ts';
import type { Actor, Bulletin } from '#schemas/entities/bulletin.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import type { BulletinDescription } from '#schemas/requests/bulletin.ts';
import { type Result, refuse } from '#schemas/result.ts';
import type { SpeechManner } from '#schemas/speech.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import { checkDescription, type DescriptionProblem } from './describe-bulletin.ts';
import { type KeepPorts, type KeepProblem, keepBulletin } from './keep-bulletin.ts';
import { readScript } from './read-script.ts';

/** A script and how it is to be read out. */
export interface Script {
  readonly text: string;
  readonly manner: SpeechManner;
}

/**
 * Reads a script out into a file of its own, in the words that it is said in, hands its path to
 * `use`, and removes the file. Errors: those of the speech port and of `use`.
 */
export const withSpokenText = async <T, P>(
  ports: Pick<ServerPorts, 'speech' | 'store' | 'workFolder'>,
  script: Script,
  use: (path: string) => Promise<Result<T, P>>,
): Promise<Result<T, P | SpeechProblem>> => {
  const read = await readScript(ports, script);
  if (!read.ok) return read;
  await mkdir(ports.workFolder, { recursive: true });
  const folder = await mkdtemp(join(ports.workFolder, 'speech-'));
  try {
    const path = join(folder, 'speech.wav');
    const spoken = await ports.speech.speak(read.value.spoken, path, script.manner);
    return spoken.ok ? await use(path) : spoken;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

type WriteProblem =
  | DescriptionProblem
  | SpeechProblem
  | KeepProblem
  | ProblemOf<'languageWithoutVoice'>;

/**
 * A bulletin from a text, read out by the synthesizer. Errors: languageWithoutVoice (texts are read
 * out in Vietnamese only; any language can be recorded), those of checkDescription, textEmpty, textTooLong, voiceUnknown, speechFailed, audioToolMissing, and those of keepBulletin.
 */
export const writeBulletin = async (
  ports: KeepPorts & Pick<ServerPorts, 'speech'>,
  actor: Actor,
  { description, text, manner }: Script & { readonly description: BulletinDescription },
): Promise<Result<Bulletin, WriteProblem>> => {
  if (description.language !== SPOKEN_LANGUAGE) return refuse({ code: 'languageWithoutVoice' });
  const checked = await checkDescription(ports, description);
  if (!checked.ok) return checked;
  const script = text.normalize('NFC');
  return withSpokenText(ports, { text: script, manner }, (path) =>
    keepBulletin(ports, { actor, path, script, manner, description, checked: checked.value }),
  );
};
