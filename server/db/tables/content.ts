import { index, integer, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { Actor, Bulletin } from '#schemas/entities/bulletin.ts';
import type { Hotline } from '#schemas/entities/hotline.ts';
import type { Ident } from '#schemas/entities/ident.ts';
import type { Making } from '#schemas/making.ts';
import type { SpeechManner } from '#schemas/speech.ts';
import type { SaidNumbers } from '../../ports/store.ts';
import { jsonColumn } from './json-column.ts';

export const clips = sqliteTable('clips', {
  sha256: text('sha256').primaryKey(),
  bytes: integer('bytes').notNull(),
  durationMs: integer('duration_ms').notNull(),
  loudnessLufs: real('loudness_lufs').notNull(),
  truePeakDbtp: real('true_peak_dbtp').notNull(),
  createdMs: integer('created_ms').notNull(),
});

export const bulletins = sqliteTable(
  'bulletins',
  {
    id: text('id').primaryKey(),
    title: text('title').notNull(),
    script: text('script'),
    manner: text('manner', { mode: 'json' }).$type<SpeechManner>(),
    language: text('language').notNull(),
    campaigns: jsonColumn<Bulletin['campaigns']>('campaigns'),
    units: jsonColumn<Bulletin['units']>('units'),
    supplier: text('supplier'),
    role: text('role').$type<Bulletin['role']>().notNull(),
    priority: text('priority').$type<Bulletin['priority']>().notNull(),
    clip: text('clip')
      .notNull()
      .references(() => clips.sha256),
    state: text('state').$type<Bulletin['state']>().notNull(),
    rejectReason: text('reject_reason'),
    trial: integer('trial', { mode: 'boolean' }).notNull(),
    validFromMs: integer('valid_from_ms').notNull(),
    expiresMs: integer('expires_ms').notNull(),
    createdBy: jsonColumn<Actor>('created_by'),
    createdMs: integer('created_ms').notNull(),
    releasedMs: integer('released_ms'),
    first: text('first').notNull(),
    version: integer('version').notNull(),
    versionReason: text('version_reason'),
  },
  (table) => [uniqueIndex('bulletins_version').on(table.first, table.version)],
);

export const bulletinComments = sqliteTable(
  'bulletin_comments',
  {
    id: text('id').primaryKey(),
    first: text('first').notNull(),
    bulletin: text('bulletin')
      .notNull()
      .references(() => bulletins.id),
    author: text('author').notNull(),
    text: text('text').notNull(),
    atMs: integer('at_ms').notNull(),
  },
  (table) => [index('bulletin_comments_first').on(table.first)],
);

export const makings = sqliteTable(
  'makings',
  {
    bulletin: text('bulletin')
      .primaryKey()
      .references(() => bulletins.id),
    clip: text('clip').notNull(),
    original: text('original', { mode: 'json' }).$type<Making['original']>(),
    sourceMs: integer('source_ms').notNull(),
    cutStartMs: integer('cut_start_ms').notNull(),
    cutEndMs: integer('cut_end_ms').notNull(),
    choices: jsonColumn<Making['choices']>('choices'),
    peaks: jsonColumn<Making['peaks']>('peaks'),
  },
  (table) => [index('makings_clip').on(table.clip)],
);

export const pronunciations = sqliteTable('pronunciations', {
  written: text('written').primaryKey(),
  spoken: text('spoken'),
  changedBy: jsonColumn<Actor>('changed_by'),
  changedMs: integer('changed_ms').notNull(),
});

export const hotlines = sqliteTable('hotlines', {
  id: text('id').primaryKey(),
  key: text('key').notNull(),
  kind: text('kind').$type<Hotline['kind']>().notNull(),
  name: text('name').notNull(),
  unit: text('unit'),
  number: text('number'),
  changedBy: jsonColumn<Actor>('changed_by'),
  changedMs: integer('changed_ms').notNull(),
});

export const hotlineRemovals = sqliteTable('hotline_removals', {
  place: text('place').primaryKey(),
  key: text('key').notNull(),
  unit: text('unit'),
  changedBy: jsonColumn<Actor>('changed_by'),
  changedMs: integer('changed_ms').notNull(),
});

export const idents = sqliteTable('idents', {
  place: text('place').primaryKey(),
  role: text('role').$type<Ident['role']>().notNull(),
  unit: text('unit'),
  bulletin: text('bulletin'),
  changedBy: jsonColumn<Actor>('changed_by'),
  changedMs: integer('changed_ms').notNull(),
});

export const saidNumbers = sqliteTable('said_numbers', {
  bulletin: text('bulletin')
    .primaryKey()
    .references(() => bulletins.id),
  numbers: jsonColumn<SaidNumbers['numbers']>('numbers'),
  readMs: integer('read_ms').notNull(),
  changedBy: jsonColumn<readonly Actor[]>('changed_by'),
});

export const releases = sqliteTable(
  'releases',
  {
    id: text('id').primaryKey(),
    bulletin: text('bulletin')
      .notNull()
      .references(() => bulletins.id),
    clip: text('clip').notNull(),
    envelope: text('envelope').notNull(),
    releasedMs: integer('released_ms').notNull(),
  },
  (table) => [index('releases_bulletin').on(table.bulletin)],
);
