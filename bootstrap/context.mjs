import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTexts } from './texts.mjs';

/**
 * What every step of a bootstrap needs to know.
 * @typedef {{
 *   root: string;
 *   env: NodeJS.ProcessEnv;
 *   text: ReturnType<typeof createTexts>;
 *   say: (line: string) => void;
 * }} Context
 */

export const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)));

/** @returns {Context} */
export const createContext = () => ({
  root: projectRoot,
  env: process.env,
  text: createTexts(process.env),
  say: (line) => console.error(line),
});
