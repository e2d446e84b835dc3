import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { builtConsole } from './support/built-console.ts';

/** Issue 3: the first load of a screen stays under 200 KB of compressed script. */
const MOST_BYTES = 200_000;

const chunkSchema = z.object({
  file: z.string(),
  isEntry: z.boolean().optional(),
  imports: z.array(z.string()).default([]),
  dynamicImports: z.array(z.string()).default([]),
});
type Manifest = Readonly<Record<string, z.infer<typeof chunkSchema>>>;

const chunkOf = (manifest: Manifest, name: string) => {
  const chunk = manifest[name];
  if (chunk === undefined) throw new Error(`the manifest does not know ${name}`);
  return chunk;
};

/** The chunk and all that it cannot start without. */
const needed = (manifest: Manifest, name: string, found = new Set<string>()): Set<string> => {
  if (found.has(name)) return found;
  found.add(name);
  for (const next of chunkOf(manifest, name).imports) needed(manifest, next, found);
  return found;
};

test('no screen loads more than 200 KB of compressed script before it shows', async () => {
  const folder = await builtConsole();
  const text = readFileSync(join(folder, '.vite', 'manifest.json'), 'utf8');
  const manifest = z.record(z.string(), chunkSchema).parse(JSON.parse(text));
  const sizeOf = (name: string): number =>
    gzipSync(readFileSync(join(folder, chunkOf(manifest, name).file))).length;
  const [entry = ''] = Object.keys(manifest).filter((name) => manifest[name]?.isEntry);
  const { dynamicImports } = chunkOf(manifest, entry);
  const screens = dynamicImports.filter((name) => name.includes('-screen.tsx'));
  const language = 'schemas/messages/vi/console.json';
  const texts = Object.keys(manifest).filter((name) => name.endsWith(language));
  expect(texts).toHaveLength(1);
  expect(screens.length).toBeGreaterThanOrEqual(8);
  const sizes = screens.map((screen) => {
    const first = new Set([entry, ...texts, screen].flatMap((one) => [...needed(manifest, one)]));
    return { screen, bytes: [...first].reduce((sum, name) => sum + sizeOf(name), 0) };
  });
  expect(sizes.filter(({ bytes }) => bytes >= MOST_BYTES)).toEqual([]);
});
