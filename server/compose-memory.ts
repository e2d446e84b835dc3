import type { ClipStore } from '#content/ports.ts';
import { lockFolder } from '#runtime/folder-lock.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result } from '#schemas/result.ts';
import { createAccounts } from './auth/accounts.ts';
import type { ServerConfig } from './config.ts';
import { prepareDataFolder } from './data-folder.ts';
import { type OpenDatabaseProblem, openDatabase } from './db/open-database.ts';
import { createStore } from './db/store.ts';
import { signInTables } from './db/tables/sign-in.ts';
import { readOrMakeSecret } from './keys/secret-file.ts';
import { openSiteKeys } from './keys/site-keys.ts';
import type { Life } from './life.ts';
import { openClips } from './open-clips.ts';
import type { Accounts } from './ports/accounts.ts';
import type { SiteKeys } from './ports/keys.ts';
import type { Store, Work } from './ports/store.ts';
import { randomSecret } from './services/random-text.ts';
import type { Surroundings } from './surroundings.ts';

/** Everything that outlives the process. */
export interface Memory {
  readonly store: Store;
  readonly accounts: Accounts;
  readonly keys: SiteKeys;
  readonly clips: ClipStore;
}

export type MemoryProblem = OpenDatabaseProblem | ProblemOf<'keyUnreadable' | 'alreadyRunning'>;

/** Calls `onCommit` with all that was written, once it stands. */
const withNotice = (store: Store, onCommit: (work: Work) => void): Store => ({
  ...store,
  commit: async (work) => {
    const done = await store.commit(work);
    if (done.ok) onCommit(work);
    return done;
  },
});

interface MemoryInput {
  readonly config: ServerConfig;
  readonly surroundings: Surroundings;
  readonly life: Life;
  readonly onCommit: (work: Work) => void;
}

/**
 * Opens folder, database, keys and clips; what is not there is made. The folder is this process's
 * alone: another server would empty our unfinished work and send our messages to its own broker.
 * Errors: alreadyRunning, folderNotWritable, diskFull, databaseForeign, databaseNewer,
 * keyUnreadable.
 */
export const openMemory = async (input: MemoryInput): Promise<Result<Memory, MemoryProblem>> => {
  const { config, surroundings, life } = input;
  const lock = await lockFolder(config.dataFolder);
  if (!lock.ok) return lock;
  life.onEnd(lock.value.release);
  const folder = await prepareDataFolder(config.dataFolder, config);
  if (!folder.ok) return folder;
  const database = openDatabase(config.databasePath);
  if (!database.ok) return database;
  life.onEnd(database.value.close);
  const keys = await openSiteKeys(config.keyPath);
  if (!keys.ok) return keys;
  const secret = await readOrMakeSecret(config.secretPath, () =>
    randomSecret(surroundings.entropy),
  );
  if (!secret.ok) return secret;
  const accounts = createAccounts({
    orm: database.value.orm,
    tables: signInTables,
    secret: secret.value,
    secure: config.http.publicUrl?.startsWith('https:') ?? config.http.tls.kind !== 'none',
    log: surroundings.log,
  });
  const store = withNotice(createStore(database.value), input.onCommit);
  const clips = await openClips(config, surroundings.log);
  return ok({ store, accounts, keys: keys.value, clips });
};
