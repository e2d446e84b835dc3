import type { ServerPorts } from '../ports/server-ports.ts';
import { receivedBytes, syncUploadFile } from './upload-files.ts';

type Ports = Pick<ServerPorts, 'store' | 'clock' | 'uploadFolder' | 'uploads'>;

/**
 * Looks whether all bytes of an upload are here; if they are, they stay here through a power cut,
 * and its bulletin is made in the background. However often it is called, that happens once.
 */
export const settleUpload = async (ports: Ports, id: string): Promise<void> => {
  const upload = await ports.store.uploadById(id);
  if (upload?.step !== 'receiving') return;
  if ((await receivedBytes(ports, id)) !== upload.bytes) return;
  await syncUploadFile(ports, id);
  const changedMs = Math.floor(ports.clock.wallMs());
  const done = await ports.store.commit({
    guards: [{ kind: 'uploadStep', id, steps: ['receiving'] }],
    changes: [{ do: 'put', what: 'upload', value: { ...upload, step: 'received', changedMs } }],
  });
  if (done.ok) ports.uploads.wake();
};
