import { ingestSteps, type UploadStep } from '#schemas/entities/upload.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { CommitProblem } from '../ports/store.ts';
import { findUpload } from './find-upload.ts';
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
): Promise<Result<void, ProblemOf<'notFound' | 'wrongState'> | CommitProblem>> => {
  const found = await findUpload(ports.store, owner, id);
  if (!found.ok) return found;
  const { step } = found.value;
  if (!cancellable.includes(step)) {
    return refuse({ code: 'wrongState', what: 'upload', state: step });
  }
  const changedMs = Math.floor(ports.clock.wallMs());
  const done = await ports.store.commit({
    guards: [{ kind: 'uploadStep', id, steps: cancellable }],
    changes: [
      { do: 'put', what: 'upload', value: { ...found.value, step: 'cancelled', changedMs } },
    ],
  });
  if (!done.ok) return done;
  await removeUploadFile(ports, id);
  return ok(undefined);
};
