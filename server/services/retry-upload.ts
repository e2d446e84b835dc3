import type { Upload } from '#schemas/entities/upload.ts';
import { ok, type Result } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import { isPassing } from './passing-problem.ts';
import { type StepProblem, stepUpload } from './step-upload.ts';

type Ports = Pick<ServerPorts, 'store' | 'clock' | 'uploads'>;

const layWithServer = ({ problem }: Upload): boolean => problem !== null && isPassing(problem);

/**
 * Makes a bulletin of the bytes that are here once more, when what kept it from being made lay with
 * the server. Errors: notFound, wrongState, changedMeanwhile, diskFull.
 */
export const retryUpload = async (
  ports: Ports,
  owner: string,
  id: string,
): Promise<Result<void, StepProblem>> => {
  const becomes = { step: 'received', problem: null } as const;
  const done = await stepUpload(
    ports,
    { owner, id },
    { from: ['refused'], fits: layWithServer, becomes },
  );
  if (!done.ok) return done;
  ports.uploads.wake();
  return ok(undefined);
};
