import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { CommitProblem } from '../ports/store.ts';
import { findUpload } from './find-upload.ts';
import { isPassing } from './passing-problem.ts';

type Ports = Pick<ServerPorts, 'store' | 'clock' | 'uploads'>;

/**
 * Makes a bulletin of the bytes that are here once more, when what kept it from being made lay with
 * the server. Errors: notFound, wrongState, changedMeanwhile, diskFull.
 */
export const retryUpload = async (
  ports: Ports,
  owner: string,
  id: string,
): Promise<Result<void, ProblemOf<'notFound' | 'wrongState'> | CommitProblem>> => {
  const found = await findUpload(ports.store, owner, id);
  if (!found.ok) return found;
  const { step, problem } = found.value;
  if (step !== 'refused' || problem === null || !isPassing(problem)) {
    return refuse({ code: 'wrongState', what: 'upload', state: step });
  }
  const changedMs = Math.floor(ports.clock.wallMs());
  const value = { ...found.value, step: 'received', problem: null, changedMs } as const;
  const done = await ports.store.commit({
    guards: [{ kind: 'uploadStep', id, steps: ['refused'] }],
    changes: [{ do: 'put', what: 'upload', value }],
  });
  if (!done.ok) return done;
  ports.uploads.wake();
  return ok(undefined);
};
