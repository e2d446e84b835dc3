import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { StoredEmergency, StoredEmergencyAnswer } from '../../ports/stored-emergency.ts';
import { jsonColumn } from './json-column.ts';

export const emergencies = sqliteTable('emergencies', {
  id: text('id').primaryKey(),
  envelope: text('envelope').notNull(),
  issuedMs: integer('issued_ms').notNull(),
  expiresMs: integer('expires_ms').notNull(),
  bulletins: jsonColumn<StoredEmergency['bulletins']>('bulletins'),
  cancelledMs: integer('cancelled_ms'),
  cleared: integer('cleared', { mode: 'boolean' }).notNull(),
});

export const emergencyAnswers = sqliteTable(
  'emergency_answers',
  {
    emergency: text('emergency').notNull(),
    speaker: text('speaker').notNull(),
    seq: integer('seq').notNull(),
    outcome: text('outcome').$type<StoredEmergencyAnswer['outcome']>().notNull(),
    reason: text('reason').$type<NonNullable<StoredEmergencyAnswer['reason']>>(),
    receivedMs: integer('received_ms').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.speaker, table.seq] }),
    index('emergency_answers_emergency').on(table.emergency),
  ],
);
