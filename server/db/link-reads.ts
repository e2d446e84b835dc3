import { and, asc, between, desc, eq, gt } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { envelopeSchema } from '#schemas/envelope.ts';
import { GENESIS_HASH, logRecordSchema } from '#schemas/records/log-record.ts';
import { MAX_LIST, type Store, type StoredRecord } from '../ports/store.ts';
import * as link from './tables/link.ts';

type LinkReads = Pick<
  Store,
  | 'playlistBySha256'
  | 'pointerOf'
  | 'reportOf'
  | 'limitsOf'
  | 'ordersOf'
  | 'logHead'
  | 'records'
  | 'findings'
>;

const rowToRecord = (row: typeof link.records.$inferSelect): StoredRecord => {
  const { payload } = envelopeSchema.parse(JSON.parse(row.envelope));
  const text = Buffer.from(payload, 'base64').toString('utf8');
  return { ...row, record: logRecordSchema.parse(JSON.parse(text)) };
};

/** Reads of what goes to the speakers and what has come from them. */
export const createLinkReads = (orm: BetterSQLite3Database): LinkReads => ({
  playlistBySha256: async (sha256) =>
    orm.select().from(link.playlists).where(eq(link.playlists.sha256, sha256)).get(),
  pointerOf: async (speaker) =>
    orm.select().from(link.pointers).where(eq(link.pointers.speaker, speaker)).get(),
  reportOf: async (speaker) =>
    orm.select().from(link.speakerReports).where(eq(link.speakerReports.speaker, speaker)).get(),
  limitsOf: async (speaker) =>
    orm.select().from(link.limits).where(eq(link.limits.speaker, speaker)).get(),
  ordersOf: async (speaker, nowMs) =>
    orm
      .select()
      .from(link.orders)
      .where(and(eq(link.orders.speaker, speaker), gt(link.orders.expiresMs, nowMs)))
      .orderBy(asc(link.orders.id))
      .limit(MAX_LIST)
      .all()
      .map(({ order, drill, createdMs }) => ({ speaker, order, drill, createdMs })),
  logHead: async (speaker) =>
    orm
      .select({ seq: link.records.seq, hash: link.records.hash })
      .from(link.records)
      .where(eq(link.records.speaker, speaker))
      .orderBy(desc(link.records.seq))
      .limit(1)
      .get() ?? { seq: 0, hash: GENESIS_HASH },
  records: async (speaker, from, to) =>
    orm
      .select()
      .from(link.records)
      .where(and(eq(link.records.speaker, speaker), between(link.records.seq, from, to)))
      .orderBy(asc(link.records.seq))
      .limit(MAX_LIST)
      .all()
      .map(rowToRecord),
  findings: async (speaker) =>
    orm
      .select()
      .from(link.findings)
      .where(eq(link.findings.speaker, speaker))
      .orderBy(asc(link.findings.id))
      .limit(MAX_LIST)
      .all(),
});
