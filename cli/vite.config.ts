import { join } from 'node:path';
import type { UserConfig } from 'vite';

const root = join(import.meta.dirname, '..');

/** `npm run release` writes all that a speaker's box runs as one script, names and lines kept. */
export default {
  root,
  // The names of files in the script are those below the project, wherever its packages lie.
  resolve: { preserveSymlinks: true },
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: join(import.meta.dirname, 'speaker.ts'),
    target: 'node26',
    outDir: join(root, '.build', 'speaker'),
    minify: false,
    reportCompressedSize: false,
    rolldownOptions: {
      output: { format: 'es', codeSplitting: false, entryFileNames: 'speaker.mjs' },
    },
  },
} satisfies UserConfig;
