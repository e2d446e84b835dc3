import { isDeepStrictEqual } from 'node:util';
import { createId } from '#runtime/clock.ts';
import { ingestSteps, type Upload } from '#schemas/entities/upload.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { uploadBulletinQuerySchema } from '#schemas/requests/bulletin.ts';
import { descriptionFields, uploadFileSchema } from '#schemas/requests/upload.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { CommitProblem } from '../ports/store.ts';
import { attachedWords } from './attached-words.ts';
import { checkDescription, type DescriptionProblem } from './describe-bulletin.ts';
import type { NumberMissing } from './script-numbers.ts';
import { freeBytes, receivedBytes } from './upload-files.ts';

/** Files that one person may have on their way at once. */
export const MOST_UPLOADS_OF_ONE = 20;
/** Files that may be on their way at once. */
const MOST_UPLOADS = 100;
/** What uploads leave free on their disk, for the database and for making clips. */
const KEPT_FREE_BYTES = 64 * 1024 * 1024;

type Ports = Pick<ServerPorts, 'store' | 'clock' | 'entropy' | 'uploadFolder' | 'maxUploadBytes'>;
type Room = ProblemOf<'fileTooLarge' | 'tooManyUploads' | 'diskFull'>;

/** What a sender says before the first byte. */
export interface UploadStart {
  readonly owner: string;
  readonly bytes: number;
  /** By name: `filename`, `mark` and what describes the bulletin. */
  readonly metadata: Readonly<Record<string, string | null>>;
}

/**
 * Makes room for a file that somebody is about to send. Errors: requestInvalid, unknownCampaign, those of attachedWords,
 * fileTooLarge, tooManyUploads, diskFull (with what others have begun, it would not fit).
 * Source: issue 6, 1.
 */
export const beginUpload = async (
  ports: Ports,
  { owner, bytes, metadata }: UploadStart,
): Promise<Result<Upload, Room | SaidProblem | CommitProblem>> => {
  const said = await readMetadata(ports, metadata);
  if (!said.ok) return said;
  const room = await checkRoom(ports, owner, bytes);
  if (!room.ok) return room;
  const createdMs = Math.floor(ports.clock.wallMs());
  const value: Upload = {
    ...said.value,
    id: createId(ports.clock, ports.entropy),
    owner,
    bytes,
    step: 'receiving',
    source: null,
    problem: null,
    bulletin: null,
    createdMs,
    changedMs: createdMs,
  };
  const done = await ports.store.commit({ changes: [{ do: 'insert', what: 'upload', value }] });
  return done.ok ? ok(value) : done;
};

/**
 * The upload that the same person has begun with the same words and of which no byte is here: whoever
 * did not hear that it was begun asks again for that one, and not for another beside it.
 */
export const findBegun = async (
  ports: Pick<Ports, 'store' | 'uploadFolder'>,
  start: UploadStart,
): Promise<Upload | undefined> => {
  const file = uploadFileSchema.safeParse(start.metadata);
  const wanted = { ...file.data, description: describedBy(start.metadata) };
  for (const upload of await ports.store.uploadsAt(['receiving'])) {
    const { owner, bytes, fileName: filename, mark, description } = upload;
    const isSame =
      owner === start.owner &&
      bytes === start.bytes &&
      isDeepStrictEqual({ filename, mark, description }, wanted);
    if (isSame && (await receivedBytes(ports, upload.id)) === 0) return upload;
  }
  return undefined;
};

type SaidProblem = DescriptionProblem | NumberMissing;
type Said = Pick<Upload, 'fileName' | 'mark' | 'description'>;

const describedBy = (metadata: UploadStart['metadata']): Record<string, string> => {
  const description: Record<string, string> = {};
  for (const [name, value] of Object.entries(metadata)) {
    if (value !== null && descriptionFields.includes(name)) description[name] = value;
  }
  return description;
};

const readMetadata = async (
  ports: Ports,
  metadata: UploadStart['metadata'],
): Promise<Result<Said, SaidProblem>> => {
  const given = Object.entries(metadata).filter(([, value]) => value !== null);
  const description = describedBy(metadata);
  const file = uploadFileSchema.safeParse(Object.fromEntries(given));
  const parsed = uploadBulletinQuerySchema.safeParse(description);
  const mistakes = [...(file.error?.issues ?? []), ...(parsed.error?.issues ?? [])];
  if (!file.success || !parsed.success) {
    const issues = mistakes.map(({ path, message }) => ({ path: path.join('.'), issue: message }));
    return refuse({ code: 'requestInvalid', issues });
  }
  const checked = await checkDescription(ports, parsed.data);
  if (!checked.ok) return checked;
  const words = await attachedWords(ports, parsed.data);
  if (!words.ok) return words;
  return ok({ fileName: file.data.filename, mark: file.data.mark, description });
};

const checkRoom = async (
  ports: Ports,
  owner: string,
  bytes: number,
): Promise<Result<void, Room>> => {
  const { store, maxUploadBytes: maxBytes } = ports;
  if (bytes > maxBytes) return refuse({ code: 'fileTooLarge', bytes, maxBytes });
  const open = await store.uploadsAt(['receiving', ...ingestSteps]);
  const own = open.filter((upload) => upload.owner === owner);
  if (own.length >= MOST_UPLOADS_OF_ONE || open.length >= MOST_UPLOADS) {
    const most = own.length >= MOST_UPLOADS_OF_ONE ? MOST_UPLOADS_OF_ONE : MOST_UPLOADS;
    return refuse({ code: 'tooManyUploads', most });
  }
  // Each once as it comes, and once more as the original that is kept with its bulletin.
  let promised = 2 * bytes;
  for (const upload of open) {
    const here = await receivedBytes(ports, upload.id);
    if (here !== undefined) promised += 2 * upload.bytes - here;
  }
  if ((await freeBytes(ports)) - promised >= KEPT_FREE_BYTES) return ok(undefined);
  return refuse({ code: 'diskFull', path: ports.uploadFolder });
};
