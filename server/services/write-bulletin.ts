import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { SpeechProblem } from '#content/ports.ts';
import type { Actor, Bulletin } from '#schemas/entities/bulletin.ts';
import type { BulletinDescription } from '#schemas/requests/bulletin.ts';
import type { Result } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import { checkDescription, type DescriptionProblem } from './describe-bulletin.ts';
import { type KeepPorts, type KeepProblem, keepBulletin } from './keep-bulletin.ts';

/**
 * Speaks a text into a file of its own, hands its path to `use`, and removes the file. Errors:
 * those of the speech port and of `use`.
 */
export const withSpokenText = async <T, P>(
  ports: Pick<ServerPorts, 'speech' | 'workFolder'>,
  text: string,
  use: (path: string) => Promise<Result<T, P>>,
): Promise<Result<T, P | SpeechProblem>> => {
  await mkdir(ports.workFolder, { recursive: true });
  const folder = await mkdtemp(join(ports.workFolder, 'speech-'));
  try {
    const path = join(folder, 'speech.wav');
    const spoken = await ports.speech.speak(text, path);
    return spoken.ok ? await use(path) : spoken;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/**
 * A bulletin from a text, read out by the synthesizer. Errors: those of checkDescription, textEmpty,
 * textTooLong, speechFailed, audioToolMissing, and those of keepBulletin.
 */
export const writeBulletin = async (
  ports: KeepPorts & Pick<ServerPorts, 'speech'>,
  actor: Actor,
  { description, text }: { description: BulletinDescription; text: string },
): Promise<Result<Bulletin, DescriptionProblem | SpeechProblem | KeepProblem>> => {
  const validity = await checkDescription(ports, description);
  if (!validity.ok) return validity;
  const script = text.normalize('NFC');
  return withSpokenText(ports, script, (path) =>
    keepBulletin(ports, { actor, path, script, description, validity: validity.value }),
  );
};
