import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrate } from '#server/db/migrations.ts';

const folder = join(import.meta.dirname, '../../../server/db/migrations');
const names = readdirSync(folder).sort();

/** A database as the build before `name` left it. */
const before = (name: string) => {
  const database = new Sqlite(':memory:');
  const steps = names.slice(0, names.indexOf(name));
  for (const step of steps) database.exec(readFileSync(join(folder, step), 'utf8'));
  return { database, version: steps.length };
};

test('a bulletin from before versions is the first version of itself, meant for every unit', () => {
  const { database, version } = before(
    names.find((name) => name.endsWith('bulletin-facts.sql')) ?? '',
  );
  const hash = 'a'.repeat(64);
  database.exec(`INSERT INTO clips VALUES ('${hash}', 1, 1, -16, -2, 0)`);
  const values = `'b1', 'Bản tin', NULL, 'vi', '[]', 'bulletin', 'normal', '${hash}', 'released', 0, 0, 9, '{}', 0, 1`;
  database.exec(`INSERT INTO bulletins (id, title, script, language, campaigns, role, priority, clip,
    state, trial, valid_from_ms, expires_ms, created_by, created_ms, released_ms) VALUES (${values})`);
  migrate(database, version);
  const row = database.prepare('SELECT * FROM bulletins').get();
  expect(row).toMatchObject({
    ...{ id: 'b1', first: 'b1', version: 1, version_reason: null, units: '[]', supplier: null },
  });
});
