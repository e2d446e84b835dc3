// Must parse on the oldest Node that knows modules: no ?. and no ??.
import { bootstrapMajor, canBootstrap } from './node-versions.mjs';
import { createTexts } from './texts.mjs';

/**
 * Runs one of the bootstrap commands and ends the process with its exit status. An old Node is
 * refused with a sentence before anything it cannot read is loaded.
 * @param {() => Promise<{ run: (context: import('./context.mjs').Context) => Promise<number> }>} load
 */
export const main = async (load) => {
  const text = createTexts(process.env);
  if (!canBootstrap(process.version)) {
    console.error(
      text('nodeTooOldToBootstrap', { found: process.version, needed: bootstrapMajor }),
    );
    process.exit(1);
  }
  const { createContext } = await import('./context.mjs');
  const { Stop } = await import('./stop.mjs');
  const { run } = await load();
  try {
    process.exitCode = await run(createContext());
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    console.error(text(error.key, error.facts));
    process.exitCode = 1;
  }
};
