import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type * as z from 'zod';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';

export type PackProblem = ProblemOf<'packInvalid'>;

/** The refusal of a pack, with its file and what is wrong in it. */
export const packInvalid = (path: string, detail: string) =>
  refuse({ code: 'packInvalid' as const, path, detail });

const readJson = async (path: string): Promise<Result<unknown, PackProblem>> => {
  try {
    return ok(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    return packInvalid(path, error instanceof Error ? error.message : String(error));
  }
};

/** What stands in a JSON file, if the schema knows it. Errors: packInvalid. */
export const readAs = async <T>(
  path: string,
  schema: z.ZodType<T>,
): Promise<Result<T, PackProblem>> => {
  const json = await readJson(path);
  if (!json.ok) return json;
  const parsed = schema.safeParse(json.value);
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  return packInvalid(path, `${issue?.path.join('.')}: ${issue?.message}`);
};

/** The texts of a pack, in the order of their keys. Errors: packInvalid. */
export const readTexts = async <T extends { readonly key: string }>(
  folder: string,
  keys: readonly string[],
  schema: z.ZodType<T>,
): Promise<Result<readonly T[], PackProblem>> => {
  const texts: T[] = [];
  for (const key of keys) {
    const path = join(folder, 'bulletins', `${key}.json`);
    const text = await readAs(path, schema);
    if (!text.ok) return text;
    if (text.value.key !== key) return packInvalid(path, `key: ${text.value.key}`);
    texts.push(text.value);
  }
  return ok(texts);
};
