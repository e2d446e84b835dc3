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

test('what was released as an ident before is the ident of its units, the latest of each that lasts', () => {
  const { database, version } = before(names.find((name) => name.endsWith('idents.sql')) ?? '');
  const hash = 'a'.repeat(64);
  database.exec(`INSERT INTO clips VALUES ('${hash}', 1, 1, -16, -2, 0)`);
  const [over, lasting] = [9, 4_000_000_000_000];
  const released = [
    ['b1', 'ident', '[]', 'released', lasting, 1],
    ['b2', 'ident', '[]', 'released', lasting, 2],
    ['b3', 'ident', '["u1","u2"]', 'released', lasting, 3],
    ['b4', 'closing', '["u2"]', 'released', over, 4],
    ['b5', 'ident', '["u2"]', 'withdrawn', lasting, 5],
    ['b6', 'bulletin', '["u2"]', 'released', lasting, 6],
    ['b7', 'ident', '[]', 'released', over, 7],
  ];
  const add =
    database.prepare(`INSERT INTO bulletins (id, first, version, title, language, campaigns,
    role, units, priority, clip, state, trial, valid_from_ms, expires_ms, created_by, created_ms,
    released_ms) VALUES (?, ?, 1, 'x', 'vi', '[]', ?, ?, 'normal', '${hash}', ?, 0, 0, ?,
    '{"kind":"user","id":"lan"}', 0, ?)`);
  for (const row of released) add.run(row[0], ...row);
  migrate(database, version);
  const rows = database.prepare('SELECT place, unit, bulletin FROM idents ORDER BY place').raw();
  expect(rows.all()).toEqual([
    ['closing/u2', 'u2', 'b4'],
    ['ident/', null, 'b2'],
    ['ident/u1', 'u1', 'b3'],
    ['ident/u2', 'u2', 'b3'],
  ]);
});

test('who took a number away before, and who made a waiting version say another one, is not forgotten', () => {
  const { database, version } = before(
    names.find((name) => name.endsWith('hotline-removals.sql')) ?? '',
  );
  const by = (id: string) => JSON.stringify({ kind: 'user', id });
  const hash = 'a'.repeat(64);
  const inVillage = (unit: string | null) =>
    JSON.stringify({ key: 'cong-an', unit, number: '113' });
  const facts = inVillage(null);
  database.exec(`INSERT INTO clips VALUES ('${hash}', 1, 1, -16, -2, 7);
    INSERT INTO said_numbers VALUES ('${hash}', '{"cong-an":"114"}');
    INSERT INTO hotlines VALUES ('h', 'cong-an', 'police', 'x', NULL, '114', '${by('lan')}', 1);
    INSERT INTO audit_entries VALUES ('1', '${by('lan')}', 'removeHotline', 'h', '${facts}', 3);
    INSERT INTO audit_entries VALUES ('2', '${by('minh')}', 'removeHotline', 'g', '${facts}', 4);
    INSERT INTO audit_entries VALUES ('3', '${by('hoa')}', 'removeHotline', 'f', '${inVillage('u1')}', 6);
    INSERT INTO audit_entries VALUES ('4', '${by('tam')}', 'removeHotline', 'e', '${inVillage('u2')}', 4);`);
  const add =
    database.prepare(`INSERT INTO bulletins (id, first, version, title, language, campaigns,
    role, units, priority, clip, state, trial, valid_from_ms, expires_ms, created_by, created_ms)
    VALUES (?, 'b1', ?, 'x', 'vi', '[]', 'bulletin', '[]', 'normal', '${hash}', ?, 0, 0, 9,
    '${by('hoa')}', ?)`);
  add.run('b1', 1, 'released', 5);
  add.run('b2', 2, 'submitted', 7);
  migrate(database, version);
  expect(database.prepare('SELECT * FROM hotline_removals').all()).toEqual([
    { place: 'cong-an/', key: 'cong-an', unit: null, changed_by: by('minh'), changed_ms: 4 },
    { place: 'cong-an/u1', key: 'cong-an', unit: 'u1', changed_by: by('hoa'), changed_ms: 6 },
    { place: 'cong-an/u2', key: 'cong-an', unit: 'u2', changed_by: by('tam'), changed_ms: 4 },
  ]);
  const waiting = `SELECT read_ms, changed_by FROM said_numbers WHERE bulletin = 'b2'`;
  expect(database.prepare(waiting).raw().all()).toEqual([[7, `[${by('lan')},${by('hoa')}]`]]);
});

test('what was kept of a clip is kept of every version with its bytes', () => {
  const { database, version } = before('0015-said-by-version.sql');
  const [hash, silent] = ['a'.repeat(64), 'b'.repeat(64)];
  const lan = '{"kind":"user","id":"lan"}';
  database.exec(`INSERT INTO clips VALUES ('${hash}', 1, 1, -16, -2, 7), ('${silent}', 1, 1, -16, -2, 7);
    INSERT INTO said_numbers VALUES ('${hash}', '{"cong-an":"114"}', 7, '[${lan}]')`);
  const add =
    database.prepare(`INSERT INTO bulletins (id, first, version, title, language, campaigns,
    role, units, priority, clip, state, trial, valid_from_ms, expires_ms, created_by, created_ms)
    VALUES (?, ?, ?, 'x', 'vi', '[]', 'bulletin', '[]', 'normal', ?, 'submitted', 0, 0, 9, '${lan}', 0)`);
  add.run('b1', 'b1', 1, hash);
  add.run('b2', 'b1', 2, hash);
  add.run('b3', 'b3', 1, silent);
  migrate(database, version);
  const said = { numbers: '{"cong-an":"114"}', read_ms: 7, changed_by: `[${lan}]` };
  expect(database.prepare('SELECT * FROM said_numbers ORDER BY bulletin').all()).toEqual([
    { bulletin: 'b1', ...said },
    { bulletin: 'b2', ...said },
  ]);
});
