import type { Store } from '../ports/store.ts';
import { createCommit } from './commit.ts';
import { createContentReads } from './content-reads.ts';
import { createEmergencyReads } from './emergency-reads.ts';
import { createLinkReads } from './link-reads.ts';
import { createMessageReads } from './messages.ts';
import type { OpenDatabase } from './open-database.ts';
import { createPeopleReads } from './people-reads.ts';
import { createSetupReads } from './setup-reads.ts';
import { createUploadReads } from './upload-reads.ts';

/** The store on SQLite. Source: DESIGN.md, the parts a user runs. */
export const createStore = (database: OpenDatabase): Store => ({
  ...createSetupReads(database.orm),
  ...createContentReads(database.orm),
  ...createUploadReads(database.orm),
  ...createLinkReads(database.orm),
  ...createEmergencyReads(database.orm),
  ...createPeopleReads(database.orm),
  ...createMessageReads(database.orm),
  commit: createCommit(database),
});
