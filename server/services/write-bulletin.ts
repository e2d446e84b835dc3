import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { SpeechProblem } from '#content/ports.ts';
import { SPOKEN_LANGUAGE } from '#schemas/bulletin-language.ts';
import type { Actor, Bulletin } from '#schemas/entities/bulletin.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import type { BulletinDescription } from '#schemas/requests/bulletin.ts';
import { type Result, refuse } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import { checkDescription, type DescriptionProblem } from './describe-bulletin.ts';
import { type KeepPorts, type KeepProblem, keepBulletin } from './keep-bulletin.ts';
import { type ReadScript, readScript, type Script } from './read-script.ts';
import type { Reading } from './script-deeds.ts';
import { readScriptNumbers, refuseMissing } from './script-numbers.ts';

/**
 * Reads a script out into a file of its own, in the words that it is said in, hands its path to
 * `use`, and removes the file. Errors: those of the speech port and of `use`.
 */
export const withSpokenText = async <T, P>(
  ports: Pick<ServerPorts, 'speech' | 'store' | 'clock' | 'workFolder'>,
  script: Script,
  use: (path: string, read: ReadScript) => Promise<Result<T, P>>,
): Promise<Result<T, P | SpeechProblem>> => {
  const read = await readScript(ports, script);
  if (!read.ok) return read;
  await mkdir(ports.workFolder, { recursive: true });
  const folder = await mkdtemp(join(ports.workFolder, 'speech-'));
  try {
    const path = join(folder, 'speech.wav');
    const spoken = await ports.speech.speak(read.value.spoken, path, script.manner);
    return spoken.ok ? await use(path, read.value) : spoken;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

type WriteProblem =
  | DescriptionProblem
  | SpeechProblem
  | KeepProblem
  | ProblemOf<'languageWithoutVoice' | 'numberMissing' | 'unitNameMissing'>;

/** Who writes a text has seen its words as they are said, and writes them so. */
const asSeen = (reading: Reading): Reading => ({
  ...reading,
  deeds: reading.deeds.filter(({ kind }) => kind !== 'word'),
});

/** A script and what is said of it. */
export interface Written extends Omit<Script, 'units'> {
  readonly description: BulletinDescription;
}

/**
 * A bulletin from a text, read out by the synthesizer. Errors: languageWithoutVoice (texts are read
 * out in Vietnamese only; any language can be recorded), those of checkDescription, textEmpty,
 * textTooLong, voiceUnknown, speechFailed, audioToolMissing, and those of keepBulletin; numberMissing
 * when it is to be submitted: a draft may wait for its telephone numbers.
 */
export const writeBulletin = async (
  ports: KeepPorts & Pick<ServerPorts, 'speech'>,
  actor: Actor,
  { description, text, manner }: Written,
): Promise<Result<Bulletin, WriteProblem>> => {
  if (description.language !== SPOKEN_LANGUAGE) return refuse({ code: 'languageWithoutVoice' });
  const checked = await checkDescription(ports, description);
  if (!checked.ok) return checked;
  const script = text.normalize('NFC');
  const { units } = description;
  const wanted = (await readScriptNumbers(ports))({ script, units });
  const missing = description.submit ? refuseMissing(wanted) : undefined;
  if (missing !== undefined) return refuse(missing);
  return withSpokenText(ports, { text: script, manner, units }, (path, { reading }) =>
    keepBulletin(ports, {
      ...{ actor, path, script, manner, description, checked: checked.value },
      reading: asSeen(reading),
    }),
  );
};
