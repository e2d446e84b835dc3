import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Upload } from '#schemas/entities/upload.ts';
import type { Problem } from '#schemas/problem.ts';
import { jsonColumn } from './json-column.ts';

export const uploads = sqliteTable(
  'uploads',
  {
    id: text('id').primaryKey(),
    owner: text('owner').notNull(),
    fileName: text('file_name').notNull(),
    mark: text('mark').notNull(),
    bytes: integer('bytes').notNull(),
    description: jsonColumn<Upload['description']>('description'),
    step: text('step').$type<Upload['step']>().notNull(),
    source: text('source'),
    problem: text('problem', { mode: 'json' }).$type<Problem>(),
    bulletin: text('bulletin'),
    createdMs: integer('created_ms').notNull(),
    changedMs: integer('changed_ms').notNull(),
  },
  (table) => [index('uploads_step').on(table.step), index('uploads_owner').on(table.owner)],
);
