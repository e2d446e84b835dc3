import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project itself. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Every folder that has code. */
export const rooms = [
  ...['schemas', 'core', 'runtime', 'content', 'server', 'player-agent', 'cli', 'web'],
  ...['bootstrap', 'tests'],
] as const;

const houseFiles = [
  'bootstrap',
  '.ci',
  'schemas/messages/vi',
  'schemas/messages/en',
  'package.json',
  'package-lock.json',
  'biome.json',
  'tsconfig.json',
  'knip.json',
  '.gitignore',
  '.dependency-cruiser.mjs',
  ...rooms.map((room) => `${room}/tsconfig.json`),
];

/** The text of each planted file by its path. */
export type Plants = Readonly<Record<string, string>>;

const plant = (folder: string, plants: Plants): void => {
  for (const file of houseFiles) cpSync(join(root, file), join(folder, file), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const [path, text] of Object.entries(plants)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
};

/**
 * Uses a folder that has the project's tools and packages, and besides only what is planted. It is
 * gone afterwards.
 */
export const inPlantedTree = <T>(plants: Plants, use: (folder: string) => T): T => {
  const folder = mkdtempSync(join(tmpdir(), 'planted-'));
  try {
    plant(folder, plants);
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
