import { stat } from 'node:fs/promises';
import { ClipStoreFailed } from '#content/clip-store-failed.ts';
import { type CopyReport, copyClips } from '#content/copy-clips.ts';
import { createMovingClipStore } from '#content/moving-clip-store.ts';
import { systemClock } from '#runtime/clock.ts';
import { lockFolder } from '#runtime/folder-lock.ts';
import type { Problem } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { ServerConfig } from './config.ts';
import { settingToVariable } from './config-read.ts';
import { openDatabase } from './db/open-database.ts';
import { createStore } from './db/store.ts';
import { openMain, openPrevious } from './open-clips.ts';
import type { Store } from './ports/store.ts';
import {
  type ClipCheck,
  type ClipsCleaned,
  checkClips,
  cleanClips,
} from './services/check-clips.ts';

/** Work on the clips of a server, on its machine, beside it. */
export interface ClipDesk {
  /** Errors: configurationInvalid, clipStoreFailed, and those of opening the database. */
  check(): Promise<Result<ClipCheck, Problem>>;
  /** Copies what stands in the previous folder only. Errors: configurationInvalid, diskFull, clipStoreFailed. */
  copy(): Promise<Result<CopyReport, Problem>>;
  /** Errors: alreadyRunning, configurationInvalid, clipStoreFailed, and those of opening the database. */
  clean(): Promise<Result<ClipsCleaned, Problem>>;
}

const withStore = async <T>(
  config: ServerConfig,
  use: (store: Store) => Promise<T>,
): Promise<Result<T, Problem>> => {
  const database = openDatabase(config.databasePath);
  if (!database.ok) return database;
  try {
    return ok(await use(createStore(database.value)));
  } finally {
    database.value.close();
  }
};

const isFolder = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => undefined))?.isDirectory() ?? false;

/** What the work gives, or that the folder that is being moved is not there, or the store of clips fails. */
const telling = async <T>(
  { previousClipFolder }: ServerConfig,
  work: () => Promise<Result<T, Problem>>,
): Promise<Result<T, Problem>> => {
  if (previousClipFolder !== null && !(await isFolder(previousClipFolder))) {
    return refuse(previousIs('unknown'));
  }
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ClipStoreFailed)) throw error;
    return refuse({ code: 'clipStoreFailed', detail: error.detail });
  }
};

/** The desk of the server with that configuration. */
export const openClipDesk = (config: ServerConfig): ClipDesk => {
  const main = openMain(config);
  const previous = openPrevious(config);
  const clips = previous === undefined ? main : createMovingClipStore(main, previous);
  return {
    check: () => telling(config, () => withStore(config, (store) => checkClips({ store, clips }))),
    copy: () =>
      telling(config, async () => {
        const { previousClipFolder: fromFolder } = config;
        return fromFolder === null
          ? refuse(previousIs('needed'))
          : copyClips({ fromFolder, to: main });
      }),
    clean: () =>
      telling(config, async () => {
        const lock = await lockFolder(config.dataFolder);
        if (!lock.ok) return lock;
        const clock = systemClock();
        try {
          return await withStore(config, (store) => cleanClips({ store, clips, clock }));
        } finally {
          await lock.value.release();
        }
      }),
  };
};

const previousIs = (issue: string): Problem => ({
  code: 'configurationInvalid',
  issues: [{ setting: settingToVariable('previousClipFolder'), issue }],
});
