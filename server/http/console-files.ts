import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import { type Context, Hono } from 'hono';
import { problemToSentence } from '#schemas/messages/sentence.ts';
import type { AppEnv } from './app-env.ts';

/** Where the build puts files whose names hold the hash of their bytes. */
const HASHED = '/assets/';
const FOR_EVER = 'public, max-age=31536000, immutable';
const ASK_FIRST = 'no-cache';
/** Paths that are never a screen. */
const NOT_SCREENS = /^\/(api|clips|health|assets|trust)(\/|$)/;
const INDEX = 'index.html';

const isScreen = ({ req }: Context<AppEnv>): boolean =>
  !NOT_SCREENS.test(req.path) &&
  (req.method === 'GET' || req.method === 'HEAD') &&
  (req.header('accept') ?? '').includes('text/html');

/** Says what is to be done, in both languages. */
const answerNotBuilt = (context: Context<AppEnv>): Response => {
  const problem = { code: 'consoleNotBuilt' } as const;
  const sentences = [problemToSentence(problem, 'vi'), problemToSentence(problem, 'en')];
  return context.text(`${sentences.join('\n')}\n`, 503);
};

const createHandlers = (folder: string) => {
  const onFound = (path: string, context: Context<AppEnv>): void => {
    const isHashed = context.req.path.startsWith(HASHED) && !path.endsWith(INDEX);
    context.header('cache-control', isHashed ? FOR_EVER : ASK_FIRST);
  };
  const root = { root: folder, precompressed: true, onFound };
  return { file: serveStatic<AppEnv>(root), index: serveStatic<AppEnv>({ ...root, path: INDEX }) };
};

/**
 * The built console: its files, compressed where the build has left a compressed twin, and its first
 * page for every path that a browser opens as a page. Hashed files are kept by browsers for ever,
 * everything else is asked for again. Without a build a sentence says so.
 */
export const createConsoleFiles = (folder: string) => {
  let handlers: ReturnType<typeof createHandlers> | undefined;
  return new Hono<AppEnv>().get('*', async (context, next) => {
    if (!existsSync(join(folder, INDEX))) {
      return isScreen(context) ? answerNotBuilt(context) : next();
    }
    // Not before there is a folder: the library complains about a missing one on the console.
    handlers ??= createHandlers(folder);
    const file = await handlers.file(context, async () => undefined);
    if (file !== undefined) return file;
    return isScreen(context) ? handlers.index(context, next) : next();
  });
};
