import { and, asc, desc, eq, gte, inArray, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { MAX_LIST, type Store } from '../ports/store.ts';
import type { UserAccount } from '../ports/user-account.ts';
import { auditEntries } from './tables/audit.ts';
import { accounts, users } from './tables/sign-in.ts';

const withPasswords = (orm: BetterSQLite3Database) =>
  orm
    .select({ user: users, passwordHash: accounts.password })
    .from(users)
    .innerJoin(accounts, eq(accounts.userId, users.id));

type Row = { user: typeof users.$inferSelect; passwordHash: string | null };

const rowToUser = ({ user, passwordHash }: Row): UserAccount => ({
  id: user.id,
  username: user.username,
  name: user.name,
  roles: user.roles,
  unit: user.unit,
  passwordHash: passwordHash ?? '',
  passwordChangeRequired: user.passwordChangeRequired,
  createdMs: user.createdAt.getTime(),
});

/** Reads of who may sign in, and of what everybody did. */
export const createPeopleReads = (
  orm: BetterSQLite3Database,
): Pick<Store, 'users' | 'userById' | 'audit' | 'auditOf' | 'deedsSince'> => ({
  users: async () => withPasswords(orm).orderBy(asc(users.id)).limit(MAX_LIST).all().map(rowToUser),
  userById: async (id) => {
    const row = withPasswords(orm).where(eq(users.id, id)).get();
    return row && rowToUser(row);
  },
  audit: async (most) =>
    orm
      .select()
      .from(auditEntries)
      .orderBy(desc(auditEntries.id))
      .limit(Math.min(most, MAX_LIST))
      .all(),
  auditOf: async (subjects, actions) =>
    orm
      .select()
      .from(auditEntries)
      .where(
        and(
          inArray(auditEntries.subject, [...subjects]),
          inArray(auditEntries.action, [...actions]),
        ),
      )
      .orderBy(desc(auditEntries.id))
      .limit(MAX_LIST)
      .all()
      .reverse(),
  deedsSince: async ({ actor, action, subject, fromMs }) =>
    orm
      .select()
      .from(auditEntries)
      .where(
        and(
          eq(auditEntries.subject, subject),
          eq(auditEntries.action, action),
          gte(auditEntries.atMs, fromMs),
          eq(sql`json_extract(${auditEntries.actor}, '$.id')`, actor),
        ),
      )
      .orderBy(asc(auditEntries.id))
      .limit(MAX_LIST)
      .all(),
});
