import { and, asc, between, eq } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { Store } from '../ports/store.ts';
import { onePage } from './one-page.ts';
import * as airtime from './tables/airtime.ts';
import * as site from './tables/site.ts';

type SetupReads = Pick<
  Store,
  | 'site'
  | 'units'
  | 'speakers'
  | 'speakerById'
  | 'directives'
  | 'campaigns'
  | 'rules'
  | 'caps'
  | 'programmes'
  | 'excuses'
  | 'locks'
  | 'corrections'
  | 'enrolmentCode'
  | 'speakerBySecretHash'
  | 'note'
>;

/** Reads of what administrators and inspectors have entered. */
export const createSetupReads = (orm: BetterSQLite3Database): SetupReads => ({
  site: async () => orm.select().from(site.sites).limit(1).get(),
  units: async (page) => {
    const { where, limit } = onePage(site.units.id, page);
    const some = orm.select().from(site.units).where(where);
    return some.orderBy(asc(site.units.id)).limit(limit).all();
  },
  speakers: async (page) => {
    const { where, limit } = onePage(site.speakers.id, page);
    const some = orm.select().from(site.speakers).where(where);
    return some.orderBy(asc(site.speakers.id)).limit(limit).all();
  },
  speakerById: async (id) => orm.select().from(site.speakers).where(eq(site.speakers.id, id)).get(),
  directives: async () =>
    orm.select().from(airtime.directives).orderBy(asc(airtime.directives.id)).all(),
  campaigns: async () =>
    orm.select().from(airtime.campaigns).orderBy(asc(airtime.campaigns.id)).all(),
  rules: async () =>
    orm
      .select()
      .from(airtime.rules)
      .orderBy(asc(airtime.rules.id), asc(airtime.rules.version))
      .all(),
  caps: async () =>
    orm.select().from(airtime.caps).orderBy(asc(airtime.caps.id), asc(airtime.caps.version)).all(),
  programmes: async () =>
    orm.select().from(airtime.programmes).orderBy(asc(airtime.programmes.id)).all(),
  excuses: async () => orm.select().from(airtime.excuses).orderBy(asc(airtime.excuses.id)).all(),
  locks: async (from, to) =>
    orm
      .select()
      .from(airtime.locks)
      .where(between(airtime.locks.week, from, to))
      .orderBy(asc(airtime.locks.week))
      .all(),
  corrections: async () =>
    orm.select().from(airtime.corrections).orderBy(asc(airtime.corrections.id)).all(),
  enrolmentCode: async (codeHash) =>
    orm.select().from(site.enrolmentCodes).where(eq(site.enrolmentCodes.codeHash, codeHash)).get(),
  speakerBySecretHash: async (secretHash) =>
    orm
      .select({ speaker: site.speakerSecrets.speaker })
      .from(site.speakerSecrets)
      .innerJoin(site.speakers, eq(site.speakers.id, site.speakerSecrets.speaker))
      .where(
        and(eq(site.speakerSecrets.secretHash, secretHash), eq(site.speakers.state, 'enrolled')),
      )
      .get()?.speaker,
  note: async (name) => orm.select().from(site.notes).where(eq(site.notes.name, name)).get()?.text,
});
