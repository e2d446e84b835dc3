import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { ensureConsole, stampOfSources } from '../../bootstrap/console-build.mjs';
import { createContext } from '../../bootstrap/context.mjs';

/** A build by this program is a build that fails. */
const NO_NODE = '/bin/false';

/** A tree with a console that was built from what stands there. */
const builtTree = async () => {
  const root = await temporaryFolder();
  for (const room of ['web/dist', 'core', 'schemas']) {
    mkdirSync(join(root, room), { recursive: true });
  }
  const write = (path: string, text: string) => writeFileSync(join(root, path), text);
  write('package.json', '{}');
  write('package-lock.json', '{}');
  write('web/main.tsx', 'one');
  write('web/dist/.stamp', stampOfSources(root));
  const context = { ...createContext(), root, say: () => {} };
  return { write, start: () => ensureConsole(context, NO_NODE) };
};

test('a console that stands as its sources are is not built again', async () => {
  const { start } = await builtTree();
  await expect(start()).resolves.toBeUndefined();
});

test.each(['web/main.tsx', 'schemas/new.ts', 'package-lock.json'])(
  'a change of %s has the console built at the next start',
  async (path) => {
    const { write, start } = await builtTree();
    write(path, 'two');
    await expect(start()).rejects.toThrow('consoleFailed');
  },
);
