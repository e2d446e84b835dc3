import { integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { AirtimeCap, AirtimeRule, WeekLock } from '#schemas/airtime.ts';
import type { Programme } from '#schemas/entities/programme.ts';
import { jsonColumn } from './json-column.ts';
import { units } from './site.ts';

export const directives = sqliteTable('directives', {
  id: text('id').primaryKey(),
  number: text('number').notNull(),
  issuer: text('issuer').notNull(),
  day: text('day').notNull(),
  abstract: text('abstract').notNull(),
});

export const campaigns = sqliteTable('campaigns', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  directive: text('directive').references(() => directives.id),
  from: text('from_day').notNull(),
  to: text('to_day').notNull(),
});

export const rules = sqliteTable(
  'rules',
  {
    id: text('id').notNull(),
    version: integer('version').notNull(),
    versionFrom: text('version_from').notNull(),
    directive: text('directive').references(() => directives.id),
    campaign: text('campaign')
      .notNull()
      .references(() => campaigns.id),
    unit: text('unit')
      .notNull()
      .references(() => units.id),
    scope: text('scope').$type<AirtimeRule['scope']>().notNull(),
    level: text('level').$type<NonNullable<AirtimeRule['level']>>(),
    coverage: jsonColumn<AirtimeRule['coverage']>('coverage'),
    per: text('per').$type<AirtimeRule['per']>().notNull(),
    everyDays: integer('every_days'),
    minOccurrences: integer('min_occurrences').notNull(),
    minMinutes: real('min_minutes'),
    from: text('from_day').notNull(),
    to: text('to_day').notNull(),
    weekdays: jsonColumn<AirtimeRule['weekdays']>('weekdays'),
    dayparts: jsonColumn<AirtimeRule['dayparts']>('dayparts'),
    minSpacingMin: integer('min_spacing_min').notNull(),
    maxGapS: integer('max_gap_s').notNull(),
    startToleranceS: integer('start_tolerance_s').notNull(),
    counts: text('counts').$type<AirtimeRule['counts']>().notNull(),
    unlessAired: text('unless_aired'),
  },
  (table) => [primaryKey({ columns: [table.id, table.version] })],
);

export const caps = sqliteTable(
  'caps',
  {
    id: text('id').notNull(),
    version: integer('version').notNull(),
    unit: text('unit')
      .notNull()
      .references(() => units.id),
    from: text('from_day').notNull(),
    to: text('to_day'),
    maxSessionsPerDay: integer('max_sessions_per_day'),
    maxDaysPerWeek: integer('max_days_per_week'),
    maxSessionMinutes: real('max_session_minutes'),
    maxDayMinutes: real('max_day_minutes'),
    forbiddenWeekdays: jsonColumn<AirtimeCap['forbiddenWeekdays']>('forbidden_weekdays'),
    quietHours: jsonColumn<AirtimeCap['quietHours']>('quiet_hours'),
  },
  (table) => [primaryKey({ columns: [table.id, table.version] })],
);

export const programmes = sqliteTable('programmes', {
  id: text('id').primaryKey(),
  unit: text('unit')
    .notNull()
    .references(() => units.id),
  name: text('name').notNull(),
  from: text('from_day').notNull(),
  to: text('to_day'),
  weekdays: jsonColumn<Programme['weekdays']>('weekdays'),
  startsAt: text('starts_at').notNull(),
  endsAt: text('ends_at').notNull(),
  suspended: integer('suspended', { mode: 'boolean' }).notNull(),
});

export const excuses = sqliteTable('excuses', {
  id: text('id').primaryKey(),
  rule: text('rule').notNull(),
  speaker: text('speaker').notNull(),
  periodFrom: text('period_from').notNull(),
  reason: text('reason').notNull(),
  acceptedMs: integer('accepted_ms').notNull(),
  acceptedBy: text('accepted_by').notNull(),
  envelope: text('envelope').notNull(),
});

export const locks = sqliteTable('locks', {
  week: text('week').primaryKey(),
  lockedMs: integer('locked_ms').notNull(),
  heads: jsonColumn<WeekLock['heads']>('heads'),
  lockedBy: text('locked_by').notNull(),
  envelope: text('envelope').notNull(),
});

export const corrections = sqliteTable('corrections', {
  id: text('id').primaryKey(),
  speaker: text('speaker').notNull(),
  unit: text('unit').notNull(),
  belonged: integer('belonged', { mode: 'boolean' }).notNull(),
  from: text('from_day').notNull(),
  to: text('to_day').notNull(),
  reason: text('reason').notNull(),
  foundMs: integer('found_ms').notNull(),
  foundBy: text('found_by').notNull(),
  envelope: text('envelope').notNull(),
});
