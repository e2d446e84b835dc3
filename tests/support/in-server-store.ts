import { join } from 'node:path';
import { openDatabase } from '#server/db/open-database.ts';
import { createStore } from '#server/db/store.ts';
import type { Store } from '#server/ports/store.ts';

/** Works on the store of a server in this folder, which may be running; a second process would. */
export const inServerStore = async <T>(
  dataFolder: string,
  work: (store: Store) => Promise<T>,
): Promise<T> => {
  const database = openDatabase(join(dataFolder, 'tieng-lang.sqlite'));
  if (!database.ok) throw new Error(database.problem.code);
  try {
    return await work(createStore(database.value));
  } finally {
    database.value.close();
  }
};
