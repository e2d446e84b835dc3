import { ingestSteps, type Upload, type UploadStep } from '#schemas/entities/upload.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import { settleUpload } from './settle-upload.ts';
import { lastReceivedMs, removeUploadFile, uploadFileIds } from './upload-files.ts';

/** How long an upload that is not whole, or was refused, waits for whoever brought it. */
export const UPLOAD_WAITS_MS = 7 * 86_400_000;
/** How long after an upload was remembered its file must be there. */
const FILE_COMES_MS = 60_000;

type Ports = Pick<ServerPorts, 'store' | 'clock' | 'uploadFolder' | 'uploads' | 'log'>;

const waiting: readonly UploadStep[] = ['receiving', 'refused'];
const hasBytes: ReadonlySet<UploadStep> = new Set([...waiting, ...ingestSteps]);

/**
 * Takes up uploads that became whole without anybody noticing, or whose making broke off before it
 * could be said why; gives up those that have waited for `UPLOAD_WAITS_MS` or lost their bytes, and
 * removes bytes that belong to none.
 */
export const sweepUploads = async (ports: Ports): Promise<void> => {
  for (const upload of await ports.store.uploadsAt(waiting)) {
    await settleUpload(ports, upload.id);
    if (await isOver(ports, upload)) await expire(ports, upload);
  }
  // One by one: of all that wait, a list gives the oldest only. An upload is remembered before its file is made.
  for (const id of await uploadFileIds(ports)) {
    const upload = await ports.store.uploadById(id);
    if (upload === undefined || !hasBytes.has(upload.step)) await removeUploadFile(ports, id);
  }
  if ((await ports.store.uploadsAt(ingestSteps)).length > 0) ports.uploads.wake();
};

const isOver = async (ports: Ports, { id, step, changedMs }: Upload): Promise<boolean> => {
  const receivedMs = await lastReceivedMs(ports, id);
  const isLost = step === 'receiving' && receivedMs === undefined;
  const quietMs = ports.clock.wallMs() - Math.max(changedMs, receivedMs ?? 0);
  return quietMs >= (isLost ? FILE_COMES_MS : UPLOAD_WAITS_MS);
};

const expire = async (ports: Ports, upload: Upload): Promise<void> => {
  const { id } = upload;
  const changedMs = Math.floor(ports.clock.wallMs());
  const done = await ports.store.commit({
    guards: [{ kind: 'uploadStep', id, steps: waiting }],
    changes: [{ do: 'put', what: 'upload', value: { ...upload, step: 'expired', changedMs } }],
  });
  if (done.ok) ports.log.info({ event: 'uploadExpired', upload: id });
};
