import type { Actor, Bulletin } from '#schemas/entities/bulletin.ts';
import type { BulletinDescription } from '#schemas/requests/bulletin.ts';
import type { Result } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import { attachedWords } from './attached-words.ts';
import { checkDescription, type DescriptionProblem } from './describe-bulletin.ts';
import { type KeepPorts, type KeepProblem, keepBulletin } from './keep-bulletin.ts';
import { receiveUpload, type Upload, type UploadProblem } from './receive-upload.ts';
import type { NumberMissing } from './script-numbers.ts';

/**
 * A bulletin from a recording that is streamed in. Errors: those of checkDescription, attachedWords,
 * receiveUpload and keepBulletin; whatever it is, nothing of the upload remains.
 */
export const uploadBulletin = async (
  ports: KeepPorts & Pick<ServerPorts, 'maxUploadBytes'>,
  actor: Actor,
  { description, upload }: { description: BulletinDescription; upload: Upload },
): Promise<Result<Bulletin, DescriptionProblem | NumberMissing | UploadProblem | KeepProblem>> => {
  const checked = await checkDescription(ports, description);
  if (!checked.ok) return checked;
  const words = await attachedWords(ports, description);
  if (!words.ok) return words;
  return receiveUpload(ports, upload, (path) =>
    keepBulletin(ports, {
      actor,
      path,
      script: words.value,
      manner: null,
      reading: null,
      description,
      checked: checked.value,
    }),
  );
};
