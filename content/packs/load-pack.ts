import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ok, type Result } from '#schemas/result.ts';
import { packBulletinSchema, packFileSchema, type StarterPack } from './pack.ts';
import { findPackFlaws } from './pack-references.ts';
import { type PackProblem, packInvalid, readAs, readTexts } from './read-pack.ts';

/** The starter commune that comes with the program. */
export const STARTER_PACK_FOLDER = fileURLToPath(new URL('./starter', import.meta.url));

/**
 * The pack in a folder, checked to its last reference. Errors: packInvalid, with the file and what
 * is wrong in it.
 */
export const loadPack = async (folder: string): Promise<Result<StarterPack, PackProblem>> => {
  const path = join(folder, 'pack.json');
  const file = await readAs(path, packFileSchema);
  if (!file.ok) return file;
  const bulletins = await readTexts(folder, file.value.bulletins, packBulletinSchema);
  if (!bulletins.ok) return bulletins;
  const pack: StarterPack = { ...file.value, bulletins: bulletins.value };
  const flaws = findPackFlaws(pack);
  return flaws.length === 0 ? ok(pack) : packInvalid(path, flaws.join('; '));
};
