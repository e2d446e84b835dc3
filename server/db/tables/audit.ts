import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Actor } from '#schemas/entities/bulletin.ts';
import type { AuditEntry } from '../../ports/store.ts';
import { jsonColumn } from './json-column.ts';

export const auditEntries = sqliteTable(
  'audit_entries',
  {
    id: text('id').primaryKey(),
    actor: jsonColumn<Actor>('actor'),
    action: text('action').notNull(),
    subject: text('subject').notNull(),
    facts: jsonColumn<AuditEntry['facts']>('facts'),
    atMs: integer('at_ms').notNull(),
  },
  (table) => [index('audit_entries_subject').on(table.subject)],
);
