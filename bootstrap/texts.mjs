// Must parse on the oldest Node that knows modules: no ?. and no ??.
import { readFileSync } from 'node:fs';

/** @typedef {Record<string, string | number>} Facts */

/**
 * The languages in which to speak: the one that was chosen; else the one of the machine; and where
 * that says neither, both, Vietnamese first.
 * @param {NodeJS.ProcessEnv} env
 * @returns {('vi' | 'en')[]}
 */
export const languagesOf = (env) => {
  const chosen = env.TIENG_LANG_LANGUAGE || env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  if (/^vi/i.test(chosen)) return ['vi'];
  if (/^en/i.test(chosen)) return ['en'];
  return ['vi', 'en'];
};

/** @param {'vi' | 'en'} language @returns {Record<string, string>} */
const readCatalogue = (language) =>
  JSON.parse(
    readFileSync(
      new URL(`../schemas/messages/${language}/bootstrap.json`, import.meta.url),
      'utf8',
    ),
  );

/**
 * Sentences by key, one line for each language in which to speak.
 * @param {NodeJS.ProcessEnv} env
 * @returns {(key: string, facts?: Facts) => string}
 */
export const createTexts = (env) => {
  const catalogues = languagesOf(env).map(readCatalogue);
  return (key, facts = {}) =>
    catalogues
      .map((catalogue) =>
        String(catalogue[key]).replace(/\{(\w+)\}/g, (_whole, name) => String(facts[name])),
      )
      .join('\n');
};
