import type { Upload } from '#schemas/entities/upload.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { Store } from '../ports/store.ts';

/** Somebody's own upload; another's is not there for them. Errors: notFound. */
export const findUpload = async (
  store: Pick<Store, 'uploadById'>,
  owner: string,
  id: string,
): Promise<Result<Upload, ProblemOf<'notFound'>>> => {
  const upload = await store.uploadById(id);
  if (upload?.owner === owner) return ok(upload);
  return refuse({ code: 'notFound', what: 'upload', id });
};
