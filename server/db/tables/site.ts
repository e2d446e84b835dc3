import { integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { Speaker, Unit } from '#schemas/entities/site.ts';

export const sites = sqliteTable('sites', {
  slug: text('slug').primaryKey(),
  name: text('name').notNull(),
  zone: text('zone').notNull(),
  fourEyes: integer('four_eyes', { mode: 'boolean' }).notNull(),
  createdMs: integer('created_ms').notNull(),
});

export const units = sqliteTable('units', {
  id: text('id').primaryKey(),
  parent: text('parent'),
  level: text('level').$type<Unit['level']>().notNull(),
  name: text('name').notNull(),
  from: text('from_day').notNull(),
  to: text('to_day'),
});

export const speakers = sqliteTable('speakers', {
  id: text('id').primaryKey(),
  unit: text('unit')
    .notNull()
    .references(() => units.id),
  name: text('name').notNull(),
  state: text('state').$type<Speaker['state']>().notNull(),
  publicKey: text('public_key'),
  keyId: text('key_id'),
  volume: integer('volume').notNull(),
  createdMs: integer('created_ms').notNull(),
  enrolledMs: integer('enrolled_ms'),
  removedMs: integer('removed_ms'),
});

export const enrolmentCodes = sqliteTable('enrolment_codes', {
  codeHash: text('code_hash').primaryKey(),
  speaker: text('speaker')
    .notNull()
    .references(() => speakers.id),
  expiresMs: integer('expires_ms').notNull(),
  usedMs: integer('used_ms'),
});

export const speakerSecrets = sqliteTable(
  'speaker_secrets',
  {
    speaker: text('speaker')
      .primaryKey()
      .references(() => speakers.id),
    secretHash: text('secret_hash').notNull(),
  },
  (table) => [uniqueIndex('speaker_secrets_hash').on(table.secretHash)],
);

export const notes = sqliteTable('notes', {
  name: text('name').primaryKey(),
  text: text('text').notNull(),
});
