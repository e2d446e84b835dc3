import { asc, eq, inArray } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { MAX_LIST, type OutgoingMessage, type Store } from '../ports/store.ts';
import { outbox, retainedMessages } from './tables/link.ts';

/** Puts a message into the outbox, and remembers what will stand retained at the broker. */
export const writeMessage = (orm: BetterSQLite3Database, message: OutgoingMessage): void => {
  orm.insert(outbox).values(message).run();
  if (!message.retain) return;
  const { topic, id, payload } = message;
  if (payload === '') orm.delete(retainedMessages).where(eq(retainedMessages.topic, topic)).run();
  else {
    orm
      .insert(retainedMessages)
      .values({ topic, id, payload })
      .onConflictDoUpdate({ target: retainedMessages.topic, set: { id, payload } })
      .run();
  }
};

/** What waits for the broker, and what stands there. */
export const createMessageReads = (
  orm: BetterSQLite3Database,
): Pick<Store, 'outbox' | 'markSent' | 'retained'> => ({
  outbox: async (most) => {
    const rows = orm
      .select()
      .from(outbox)
      .orderBy(asc(outbox.place))
      .limit(Math.min(most, MAX_LIST))
      .all();
    return rows.map(({ id, topic, payload, retain }) => ({ id, topic, payload, retain }));
  },
  markSent: async (ids) => {
    orm
      .delete(outbox)
      .where(inArray(outbox.id, [...ids]))
      .run();
  },
  retained: async () =>
    orm
      .select()
      .from(retainedMessages)
      .orderBy(asc(retainedMessages.topic))
      .all()
      .map((row) => ({ ...row, retain: true })),
});
