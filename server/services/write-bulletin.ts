import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { SpeechProblem } from '#content/ports.ts';
import type { Actor, Bulletin } from '#schemas/entities/bulletin.ts';
import type { BulletinDescription } from '#schemas/requests/bulletin.ts';
import type { Result } from '#schemas/result.ts';
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

/**
 * A bulletin from a text, read out by the synthesizer. Errors: those of checkDescription, textEmpty,
 * textTooLong, voiceUnknown, speechFailed, audioToolMissing, and those of keepBulletin.
 */
export const writeBulletin = async (
  ports: KeepPorts & Pick<ServerPorts, 'speech'>,
  actor: Actor,
  { description, text, manner }: Script & { readonly description: BulletinDescription },
): Promise<Result<Bulletin, DescriptionProblem | SpeechProblem | KeepProblem>> => {
  const validity = await checkDescription(ports, description);
  if (!validity.ok) return validity;
  const script = text.normalize('NFC');
  return withSpokenText(ports, { text: script, manner }, (path) =>
    keepBulletin(ports, { actor, path, script, manner, description, validity: validity.value }),
  );
};
