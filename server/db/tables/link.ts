import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Order } from '#schemas/pointer.ts';
import type { Preflight } from '#schemas/preflight.ts';
import type { StoredFinding } from '../../ports/store.ts';
import type { StoredPointer } from '../../ports/stored-plan.ts';
import { jsonColumn } from './json-column.ts';

export const playlists = sqliteTable('playlists', {
  sha256: text('sha256').primaryKey(),
  text: text('text').notNull(),
  createdMs: integer('created_ms').notNull(),
});

export const pointers = sqliteTable('pointers', {
  speaker: text('speaker').primaryKey(),
  revision: integer('revision').notNull(),
  days: jsonColumn<StoredPointer['days']>('days'),
  envelope: text('envelope').notNull(),
  withdrawals: jsonColumn<StoredPointer['withdrawals']>('withdrawals'),
});

/** What each speaker last said that outlives a restart of the server. */
export const speakerReports = sqliteTable('speaker_reports', {
  speaker: text('speaker').primaryKey(),
  pointerRevision: integer('pointer_revision').notNull(),
  preflight: text('preflight', { mode: 'json' }).$type<Preflight>(),
});

export const limits = sqliteTable('limits', {
  speaker: text('speaker').primaryKey(),
  revision: integer('revision').notNull(),
  envelope: text('envelope').notNull(),
});

export const orders = sqliteTable(
  'orders',
  {
    id: text('id').primaryKey(),
    speaker: text('speaker').notNull(),
    expiresMs: integer('expires_ms').notNull(),
    order: jsonColumn<Order>('order_json'),
    drill: integer('drill', { mode: 'boolean' }).notNull(),
    createdMs: integer('created_ms').notNull(),
  },
  (table) => [index('orders_speaker').on(table.speaker, table.expiresMs)],
);

export const records = sqliteTable(
  'records',
  {
    speaker: text('speaker').notNull(),
    seq: integer('seq').notNull(),
    hash: text('hash').notNull(),
    envelope: text('envelope').notNull(),
    receivedMs: integer('received_ms').notNull(),
  },
  (table) => [primaryKey({ columns: [table.speaker, table.seq] })],
);

export const findings = sqliteTable(
  'findings',
  {
    id: text('id').primaryKey(),
    speaker: text('speaker').notNull(),
    seq: integer('seq').notNull(),
    code: text('code').notNull(),
    facts: jsonColumn<StoredFinding['facts']>('facts'),
    foundMs: integer('found_ms').notNull(),
  },
  (table) => [index('findings_speaker').on(table.speaker)],
);

export const outbox = sqliteTable('outbox', {
  place: integer('place').primaryKey({ autoIncrement: true }),
  id: text('id').notNull().unique(),
  topic: text('topic').notNull(),
  payload: text('payload').notNull(),
  retain: integer('retain', { mode: 'boolean' }).notNull(),
});

/** What stands retained at the broker, by topic. */
export const retainedMessages = sqliteTable('retained_messages', {
  topic: text('topic').primaryKey(),
  id: text('id').notNull(),
  payload: text('payload').notNull(),
});
