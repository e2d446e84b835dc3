import { ensureConsole } from '../../../bootstrap/console-build.mjs';
import { createContext, projectRoot } from '../../../bootstrap/context.mjs';

/** Where the console stands once it is built, which it is when this has been called. */
export const builtConsole = async (): Promise<string> => {
  await ensureConsole({ ...createContext(), say: () => {} }, process.execPath);
  return `${projectRoot}/web/dist`;
};
