import { createReadStream } from 'node:fs';
import { ClipStoreFailed } from '#content/clip-store-failed.ts';
import { hashStream } from '#content/hash-file.ts';
import type { Bulletin } from '#schemas/entities/bulletin.ts';
import { ingestSteps, type Upload } from '#schemas/entities/upload.ts';
import type { Problem } from '#schemas/problem.ts';
import { uploadBulletinQuerySchema } from '#schemas/requests/bulletin.ts';
import { type Result, refuse } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import { checkDescription } from './describe-bulletin.ts';
import { type KeepPorts, keepBulletin } from './keep-bulletin.ts';
import { isPassing } from './passing-problem.ts';
import { receivedBytes, removeUploadFile, uploadPath } from './upload-files.ts';
import { createUploadProgress } from './upload-progress.ts';

type Ports = KeepPorts & Pick<ServerPorts, 'uploadFolder'>;

/**
 * Makes bulletins of all uploads that are whole, one after the other, the oldest first; `isStopping`
 * keeps it from beginning the next. Where a killed server left off, it begins that file again, and
 * no file becomes two bulletins. Source: issue 6, 1.
 */
export const ingestUploads = async (ports: Ports, isStopping: () => boolean): Promise<void> => {
  for (const upload of await ports.store.uploadsAt(ingestSteps)) {
    if (isStopping()) return;
    await ingestUpload(ports, upload);
  }
};

const ingestUpload = async (ports: Ports, upload: Upload): Promise<void> => {
  const { id } = upload;
  let problem: Problem | undefined;
  try {
    const made = await makeBulletin(ports, upload);
    if (!made.ok) problem = made.problem;
  } catch (error) {
    ports.log.error({ event: 'uploadFailed', upload: id, error: String(error) });
    problem =
      error instanceof ClipStoreFailed
        ? { code: 'clipStoreFailed', detail: error.detail }
        : { code: 'internal', reference: id };
  }
  if (problem === undefined) ports.log.info({ event: 'uploadStep', upload: id, step: 'bulletin' });
  else await refuseUpload(ports, id, problem);
  if (problem === undefined || !isPassing(problem)) await removeUploadFile(ports, id);
};

const makeBulletin = async (ports: Ports, upload: Upload): Promise<Result<Bulletin, Problem>> => {
  if ((await receivedBytes(ports, upload.id)) !== upload.bytes) {
    return refuse({ code: 'uploadInterrupted' });
  }
  const progress = createUploadProgress(ports, upload);
  await progress.begin();
  const path = uploadPath(ports, upload.id);
  await progress.hashed(await hashStream(createReadStream(path)));
  const description = uploadBulletinQuerySchema.parse(upload.description);
  const checked = await checkDescription(ports, description);
  if (!checked.ok) return checked;
  return keepBulletin(progress.watched, {
    actor: { kind: 'user', id: upload.owner },
    path,
    script: description.script ?? null,
    manner: null,
    reading: null,
    description,
    checked: checked.value,
    beside: progress.finish,
  });
};

/** Says why no bulletin came of it, unless it was taken back meanwhile. */
const refuseUpload = async (ports: Ports, id: string, problem: Problem): Promise<void> => {
  const upload = await ports.store.uploadById(id);
  if (upload === undefined) return;
  const changedMs = Math.floor(ports.clock.wallMs());
  const done = await ports.store.commit({
    guards: [{ kind: 'uploadStep', id, steps: ingestSteps }],
    changes: [
      { do: 'put', what: 'upload', value: { ...upload, step: 'refused', problem, changedMs } },
    ],
  });
  ports.log.info({ event: 'uploadRefused', upload: id, code: problem.code, told: done.ok });
};
