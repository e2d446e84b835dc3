import type { Upload, UploadStep } from '#schemas/entities/upload.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { type Result, refuse } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { CommitProblem } from '../ports/store.ts';
import { findUpload } from './find-upload.ts';

export type StepProblem = ProblemOf<'notFound' | 'wrongState'> | CommitProblem;

/** A step that somebody has an upload take. */
interface Step {
  readonly from: readonly UploadStep[];
  /** What else the upload must be for it. */
  readonly fits?: (upload: Upload) => boolean;
  readonly becomes: Partial<Upload>;
}

/**
 * Has somebody's own upload take a step, unless it has left the steps that this one starts from.
 * Errors: notFound, wrongState, changedMeanwhile, diskFull.
 */
export const stepUpload = async (
  { store, clock }: Pick<ServerPorts, 'store' | 'clock'>,
  { owner, id }: { readonly owner: string; readonly id: string },
  { from, fits = () => true, becomes }: Step,
): Promise<Result<unknown, StepProblem>> => {
  const found = await findUpload(store, owner, id);
  if (!found.ok) return found;
  const { step } = found.value;
  if (!from.includes(step) || !fits(found.value)) {
    return refuse({ code: 'wrongState', what: 'upload', state: step });
  }
  const changedMs = Math.floor(clock.wallMs());
  return store.commit({
    guards: [{ kind: 'uploadStep', id, steps: from }],
    changes: [{ do: 'put', what: 'upload', value: { ...found.value, ...becomes, changedMs } }],
  });
};
