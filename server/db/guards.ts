import { isDeepStrictEqual } from 'node:util';
import { and, desc, eq, inArray, isNull, ne, notInArray } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { ProblemOf } from '#schemas/problem.ts';
import type { Guard } from '../ports/store.ts';
import { programmes } from './tables/airtime.ts';
import { bulletins, hotlines } from './tables/content.ts';
import { limits, pointers, records } from './tables/link.ts';
import { enrolmentCodes, notes, speakers } from './tables/site.ts';
import { uploads } from './tables/uploads.ts';

type Orm = BetterSQLite3Database;
type GuardOf<K extends Guard['kind']> = Extract<Guard, { kind: K }>;

const sameState = (orm: Orm, guard: GuardOf<'bulletinState'>): boolean =>
  orm
    .select({ id: bulletins.id })
    .from(bulletins)
    .where(
      and(
        eq(bulletins.id, guard.id),
        eq(bulletins.state, guard.state),
        eq(bulletins.clip, guard.clip),
      ),
    )
    .get() !== undefined;

const rowsOf = { sameBulletin: bulletins, sameHotline: hotlines, sameProgramme: programmes };

const sameRow = (orm: Orm, { kind, value }: GuardOf<keyof typeof rowsOf>): boolean => {
  const table = rowsOf[kind];
  const row = orm.select().from(table).where(eq(table.id, value.id)).get();
  return isDeepStrictEqual(row, value);
};

const finished = ['rejected', 'withdrawn', 'replaced'] as const;

const clipUnused = (orm: Orm, { clip, first }: GuardOf<'clipUnused'>): boolean =>
  orm
    .select({ id: bulletins.id })
    .from(bulletins)
    .where(
      and(
        eq(bulletins.clip, clip),
        ne(bulletins.first, first),
        notInArray(bulletins.state, [...finished]),
      ),
    )
    .limit(1)
    .get() === undefined;

const sameRevision = (
  orm: Orm,
  table: typeof pointers | typeof limits,
  guard: GuardOf<'pointerRevision' | 'limitsRevision'>,
): boolean => {
  const row = orm
    .select({ revision: table.revision })
    .from(table)
    .where(eq(table.speaker, guard.speaker))
    .get();
  return (row?.revision ?? 0) === guard.revision;
};

const codeUnused = (orm: Orm, guard: GuardOf<'codeUnused'>): boolean =>
  orm
    .select({ codeHash: enrolmentCodes.codeHash })
    .from(enrolmentCodes)
    .where(and(eq(enrolmentCodes.codeHash, guard.codeHash), isNull(enrolmentCodes.usedMs)))
    .get() !== undefined;

const speakerAwaiting = (orm: Orm, { speaker }: GuardOf<'speakerAwaiting'>): boolean =>
  orm
    .select({ id: speakers.id })
    .from(speakers)
    .where(and(eq(speakers.id, speaker), eq(speakers.state, 'awaiting')))
    .get() !== undefined;

const sameLogHead = (orm: Orm, guard: GuardOf<'logHead'>): boolean => {
  const row = orm
    .select({ seq: records.seq })
    .from(records)
    .where(eq(records.speaker, guard.speaker))
    .orderBy(desc(records.seq))
    .limit(1)
    .get();
  return (row?.seq ?? 0) === guard.seq;
};

const sameNote = (orm: Orm, { name, text }: GuardOf<'noteText'>): boolean => {
  const row = orm.select({ text: notes.text }).from(notes).where(eq(notes.name, name)).get();
  return (row?.text ?? null) === text;
};

const sameUploadStep = (orm: Orm, { id, steps }: GuardOf<'uploadStep'>): boolean =>
  orm
    .select({ id: uploads.id })
    .from(uploads)
    .where(and(eq(uploads.id, id), inArray(uploads.step, [...steps])))
    .get() !== undefined;

const stillHolds = (orm: Orm, guard: Guard): boolean => {
  switch (guard.kind) {
    case 'bulletinState':
      return sameState(orm, guard);
    case 'sameBulletin':
    case 'sameHotline':
    case 'sameProgramme':
      return sameRow(orm, guard);
    case 'clipUnused':
      return clipUnused(orm, guard);
    case 'pointerRevision':
      return sameRevision(orm, pointers, guard);
    case 'limitsRevision':
      return sameRevision(orm, limits, guard);
    case 'codeUnused':
      return codeUnused(orm, guard);
    case 'speakerAwaiting':
      return speakerAwaiting(orm, guard);
    case 'logHead':
      return sameLogHead(orm, guard);
    case 'uploadStep':
      return sameUploadStep(orm, guard);
    case 'noteText':
      return sameNote(orm, guard);
  }
};

/** What the guard is about. */
const subjectOf = (guard: Guard): Pick<ProblemOf<'changedMeanwhile'>, 'what' | 'id'> => {
  switch (guard.kind) {
    case 'bulletinState':
      return { what: 'bulletin', id: guard.id };
    case 'sameBulletin':
      return { what: 'bulletin', id: guard.value.id };
    case 'sameHotline':
      return { what: 'hotline', id: guard.value.id };
    case 'sameProgramme':
      return { what: 'programme', id: guard.value.id };
    case 'clipUnused':
      return { what: 'clip', id: guard.clip };
    case 'pointerRevision':
      return { what: 'pointer', id: guard.speaker };
    case 'limitsRevision':
      return { what: 'limits', id: guard.speaker };
    case 'codeUnused':
      return { what: 'enrolmentCode', id: '' };
    case 'speakerAwaiting':
      return { what: 'speaker', id: guard.speaker };
    case 'logHead':
      return { what: 'record', id: guard.speaker };
    case 'uploadStep':
      return { what: 'upload', id: guard.id };
    case 'noteText':
      return { what: 'note', id: guard.name };
  }
};

/** What no longer holds, if something does not. Errors: changedMeanwhile. */
export const failedGuard = (orm: Orm, guard: Guard): ProblemOf<'changedMeanwhile'> | undefined =>
  stillHolds(orm, guard) ? undefined : { code: 'changedMeanwhile', ...subjectOf(guard) };
