import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type OpenDatabase, openDatabase } from '#server/db/open-database.ts';
import { createStore } from '#server/db/store.ts';
import type { Store } from '#server/ports/store.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

/** A real store in a fresh file. */
export const openTestStore = async (): Promise<{ store: Store; database: OpenDatabase }> => {
  const opened = openDatabase(join(await temporaryFolder(), 'test.sqlite'));
  if (!opened.ok) throw new Error(opened.problem.code);
  const database = opened.value;
  onTestFinished(() => database.close());
  return { store: createStore(database), database };
};
