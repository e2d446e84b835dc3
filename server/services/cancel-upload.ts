import { ingestSteps, type UploadStep } from '#schemas/entities/upload.ts';
import { ok, type Result } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import { type StepProblem, stepUpload } from './step-upload.ts';
import { removeUploadFile } from './upload-files.ts';

/** Steps that an upload can be taken back from. */
const cancellable: readonly UploadStep[] = ['receiving', ...ingestSteps, 'refused'];

type Ports = Pick<ServerPorts, 'store' | 'clock' | 'uploadFolder'>;

/**
 * Takes an upload back, or away when it was refused; nothing of its bytes remains. One that has
 * become a bulletin stays. Errors: notFound, wrongState, changedMeanwhile, diskFull.
 */
export const cancelUpload = async (
  ports: Ports,
  owner: string,
  id: string,
): Promise<Result<void, StepProblem>> => {
  const step = { from: cancellable, becomes: { step: 'cancelled' } } as const;
  const done = await stepUpload(ports, { owner, id }, step);
  if (!done.ok) return done;
  await removeUploadFile(ports, id);
  return ok(undefined);
};
