import type { Directive } from '#schemas/entities/site.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { Store } from '../ports/store.ts';

/** The directive of that id; undefined for none. Errors: notFound. */
export const findDirective = async (
  store: Pick<Store, 'directives'>,
  id: string | null,
): Promise<Result<Directive | undefined, ProblemOf<'notFound'>>> => {
  if (id === null) return ok(undefined);
  const found = (await store.directives()).find((directive) => directive.id === id);
  return found === undefined ? refuse({ code: 'notFound', what: 'directive', id }) : ok(found);
};
