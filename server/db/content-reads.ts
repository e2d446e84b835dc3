import { asc, desc, eq, inArray } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { Store } from '../ports/store.ts';
import { onePage } from './one-page.ts';
import {
  bulletinComments,
  bulletins,
  clips,
  hotlineRemovals,
  hotlines,
  idents,
  makings,
  pronunciations,
  releases,
  saidNumbers,
} from './tables/content.ts';

type ContentReads = Pick<
  Store,
  | 'pronunciations'
  | 'hotlines'
  | 'hotlineRemovals'
  | 'idents'
  | 'saidNumbers'
  | 'clipBySha256'
  | 'clips'
  | 'everyClip'
  | 'makingOf'
  | 'originals'
  | 'bulletins'
  | 'bulletinById'
  | 'bulletinVersions'
  | 'bulletinComments'
  | 'releaseOf'
>;

/** Reads of clips, bulletins and their releases. */
export const createContentReads = (orm: BetterSQLite3Database): ContentReads => ({
  pronunciations: async () =>
    orm.select().from(pronunciations).orderBy(asc(pronunciations.written)).all(),
  hotlines: async () =>
    orm.select().from(hotlines).orderBy(asc(hotlines.key), asc(hotlines.unit)).all(),
  hotlineRemovals: async () =>
    orm
      .select()
      .from(hotlineRemovals)
      .orderBy(asc(hotlineRemovals.place))
      .all()
      .map(({ place: _place, ...removal }) => removal),
  idents: async () =>
    orm
      .select()
      .from(idents)
      .orderBy(asc(idents.place))
      .all()
      .map(({ place: _place, ...ident }) => ident),
  saidNumbers: async (ofBulletins) =>
    orm
      .select()
      .from(saidNumbers)
      .where(inArray(saidNumbers.bulletin, [...ofBulletins]))
      .orderBy(asc(saidNumbers.bulletin))
      .all(),
  clipBySha256: async (sha256) => orm.select().from(clips).where(eq(clips.sha256, sha256)).get(),
  clips: async (sha256s) =>
    orm
      .select()
      .from(clips)
      .where(inArray(clips.sha256, [...sha256s]))
      .all(),
  everyClip: async () => orm.select().from(clips).orderBy(asc(clips.sha256)).all(),
  makingOf: async ({ id, clip }) =>
    orm
      .select()
      .from(makings)
      .where(eq(makings.clip, clip))
      .orderBy(desc(eq(makings.bulletin, id)), desc(makings.bulletin))
      .limit(1)
      .get(),
  originals: async () => {
    const rows = orm.select({ original: makings.original }).from(makings).all();
    return [...new Set(rows.flatMap(({ original }) => original?.sha256 ?? []))].sort();
  },
  bulletins: async (page) => {
    const { where, limit } = onePage(bulletins.id, page);
    const some = orm.select().from(bulletins).where(where);
    return some.orderBy(asc(bulletins.id)).limit(limit).all();
  },
  bulletinById: async (id) => orm.select().from(bulletins).where(eq(bulletins.id, id)).get(),
  bulletinVersions: async (first) =>
    orm
      .select()
      .from(bulletins)
      .where(eq(bulletins.first, first))
      .orderBy(asc(bulletins.version))
      .all(),
  bulletinComments: async (first) =>
    orm
      .select()
      .from(bulletinComments)
      .where(eq(bulletinComments.first, first))
      .orderBy(asc(bulletinComments.id))
      .all(),
  releaseOf: async (bulletin) =>
    orm
      .select()
      .from(releases)
      .where(eq(releases.bulletin, bulletin))
      .orderBy(desc(releases.id))
      .limit(1)
      .get(),
});
