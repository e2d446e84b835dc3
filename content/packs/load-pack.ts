import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type * as z from 'zod';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import { type PackBulletin, packBulletinSchema, packFileSchema, type StarterPack } from './pack.ts';
import { findPackFlaws } from './pack-references.ts';

type PackProblem = ProblemOf<'packInvalid'>;

/** The starter commune that comes with the program. */
export const STARTER_PACK_FOLDER = fileURLToPath(new URL('./starter', import.meta.url));

const invalid = (path: string, detail: string) =>
  refuse({ code: 'packInvalid' as const, path, detail });

const readJson = async (path: string): Promise<Result<unknown, PackProblem>> => {
  try {
    return ok(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    return invalid(path, error instanceof Error ? error.message : String(error));
  }
};

const readAs = async <T>(path: string, schema: z.ZodType<T>): Promise<Result<T, PackProblem>> => {
  const json = await readJson(path);
  if (!json.ok) return json;
  const parsed = schema.safeParse(json.value);
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  return invalid(path, `${issue?.path.join('.')}: ${issue?.message}`);
};

const readBulletins = async (
  folder: string,
  keys: readonly string[],
): Promise<Result<readonly PackBulletin[], PackProblem>> => {
  const bulletins: PackBulletin[] = [];
  for (const key of keys) {
    const path = join(folder, 'bulletins', `${key}.json`);
    const bulletin = await readAs(path, packBulletinSchema);
    if (!bulletin.ok) return bulletin;
    if (bulletin.value.key !== key) return invalid(path, `key: ${bulletin.value.key}`);
    bulletins.push(bulletin.value);
  }
  return ok(bulletins);
};

/**
 * The pack in a folder, checked to its last reference. Errors: packInvalid, with the file and what
 * is wrong in it.
 */
export const loadPack = async (folder: string): Promise<Result<StarterPack, PackProblem>> => {
  const path = join(folder, 'pack.json');
  const file = await readAs(path, packFileSchema);
  if (!file.ok) return file;
  const bulletins = await readBulletins(folder, file.value.bulletins);
  if (!bulletins.ok) return bulletins;
  const pack: StarterPack = { ...file.value, bulletins: bulletins.value };
  const flaws = findPackFlaws(pack);
  return flaws.length === 0 ? ok(pack) : invalid(path, flaws.join('; '));
};
