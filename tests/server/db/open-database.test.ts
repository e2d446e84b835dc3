import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { getTableColumns, getTableName } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { expect, test } from 'vitest';
import { openDatabase } from '#server/db/open-database.ts';
import { createStore } from '#server/db/store.ts';
import * as airtime from '#server/db/tables/airtime.ts';
import * as audit from '#server/db/tables/audit.ts';
import * as content from '#server/db/tables/content.ts';
import * as link from '#server/db/tables/link.ts';
import * as signIn from '#server/db/tables/sign-in.ts';
import * as site from '#server/db/tables/site.ts';
import { canMount, smallDisk } from '#tests/support/small-disk.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { entities, hashOf } from './entities.ts';
import { openTestStore } from './open-test-store.ts';

const openOnce = (path: string) => {
  const opened = openDatabase(path);
  if (opened.ok) opened.value.close();
  return opened;
};

const strangers: { why: string; code: string; make: (path: string) => Promise<void> }[] = [
  {
    why: 'it is no database',
    code: 'databaseForeign',
    make: (path) => writeFile(path, 'Sổ tay của xã. '.repeat(500)),
  },
  {
    why: 'it is another program’s database',
    code: 'databaseForeign',
    make: async (path) => {
      const other = new Sqlite(path);
      other.exec('CREATE TABLE loa (id INTEGER)');
      other.close();
    },
  },
  {
    why: 'another program has put its mark on it',
    code: 'databaseForeign',
    make: async (path) => {
      const other = new Sqlite(path);
      other.pragma('application_id = 252006673');
      other.close();
    },
  },
  {
    why: 'a newer version has made it',
    code: 'databaseNewer',
    make: async (path) => {
      openOnce(path);
      const ours = new Sqlite(path);
      ours.pragma('user_version = 999');
      ours.close();
    },
  },
];

test.each(strangers)('a file is refused and not touched when $why', async ({ make, code }) => {
  const path = join(await temporaryFolder(), 'file');
  await make(path);
  const before = await readFile(path);
  const opened = openOnce(path);
  expect(opened).toEqual({ ok: false, problem: { code, path } });
  expect(await readFile(path)).toEqual(before);
});

test('a database is made with what keeps commits safe, and opened again as it is', async () => {
  const path = join(await temporaryFolder(), 'new', 'folder', 'ours.sqlite');
  expect(openOnce(path).ok).toBe(true);
  const opened = openDatabase(path);
  if (!opened.ok) throw new Error(opened.problem.code);
  const { sqlite } = opened.value;
  expect(sqlite.pragma('journal_mode', { simple: true })).toBe('wal');
  expect(sqlite.pragma('synchronous', { simple: true })).toBe(2);
  expect(sqlite.pragma('foreign_keys', { simple: true })).toBe(1);
  expect(sqlite.pragma('integrity_check', { simple: true })).toBe('ok');
  opened.value.close();
});

test('an empty file, as a killed first start leaves it, becomes a database', async () => {
  const path = join(await temporaryFolder(), 'empty');
  await writeFile(path, '');
  expect(openOnce(path).ok).toBe(true);
});

test('a folder where the database should be is refused with its name', async () => {
  const path = await temporaryFolder();
  expect(openOnce(path)).toEqual({ ok: false, problem: { code: 'databaseForeign', path } });
});

test('the migrations make every column that the tables name, and no other', async () => {
  const { database } = await openTestStore();
  const tables: SQLiteTable[] = [
    ...[airtime, audit, content, link, site].flatMap((file): SQLiteTable[] => Object.values(file)),
    ...Object.values(signIn.signInTables),
  ];
  for (const table of tables) {
    const made = database.sqlite
      .prepare('SELECT name, "notnull" AS isNeeded FROM pragma_table_info(?) ORDER BY name')
      .all(getTableName(table));
    const named = Object.values(getTableColumns(table))
      .map((column) => ({ name: column.name, isNeeded: column.notNull ? 1 : 0 }))
      .sort((left, right) => (left.name < right.name ? -1 : 1));
    expect(made, getTableName(table)).toEqual(named);
  }
});

test.runIf(canMount())('a full disk refuses a commit, which leaves nothing behind', async () => {
  const folder = await smallDisk(1024);
  const path = join(folder, 'ours.sqlite');
  const opened = openDatabase(path);
  if (!opened.ok) throw new Error(opened.problem.code);
  const store = createStore(opened.value);
  const text = 'x'.repeat(2_000_000);
  const refused = await store.commit({
    changes: [
      { do: 'put', what: 'note', value: { name: 'witness', text: 'here' } },
      { do: 'put', what: 'playlist', value: { sha256: hashOf('a'), text, createdMs: 1 } },
    ],
  });
  expect(refused).toEqual({ ok: false, problem: { code: 'diskFull', path } });
  expect(await store.note('witness')).toBeUndefined();
  const site = await store.commit({
    changes: [{ do: 'put', what: 'site', value: entities.site }],
  });
  expect(site.ok, 'a small commit still fits').toBe(true);
  opened.value.close();
});

test.runIf(canMount())('a disk without room for a database is named at the start', async () => {
  const path = join(await smallDisk(16), 'ours.sqlite');
  expect(openOnce(path)).toEqual({ ok: false, problem: { code: 'diskFull', path } });
  await expect(stat(path)).resolves.toBeDefined();
});
