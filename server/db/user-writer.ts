import { eq } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { UserAccount } from '../ports/user-account.ts';
import { accounts, signInSessions, users } from './tables/sign-in.ts';
import type { Writer } from './writer.ts';

/** The name under which the sign-in library keeps passwords. */
const PROVIDER = 'credential';

/** The library demands an address; `.invalid` receives no mail. Source: RFC 2606. */
const addressOf = (username: string): string => `${username}@users.invalid`;

const toUserRow = (user: UserAccount) => ({
  id: user.id,
  name: user.name,
  email: addressOf(user.username),
  emailVerified: false,
  createdAt: new Date(user.createdMs),
  updatedAt: new Date(user.createdMs),
  username: user.username,
  roles: user.roles,
  unit: user.unit,
  passwordChangeRequired: user.passwordChangeRequired,
});

const toAccountRow = (user: UserAccount) => ({
  id: user.id,
  accountId: user.id,
  providerId: PROVIDER,
  userId: user.id,
  password: user.passwordHash,
  createdAt: new Date(user.createdMs),
  updatedAt: new Date(user.createdMs),
});

/** Writes users as the sign-in library reads them; what is put over an old one ends its sessions. */
export const createUserWriter = (orm: BetterSQLite3Database): Writer<UserAccount> => ({
  insert: (user) => {
    orm.insert(users).values(toUserRow(user)).run();
    orm.insert(accounts).values(toAccountRow(user)).run();
  },
  put: (user) => {
    const row = toUserRow(user);
    const account = toAccountRow(user);
    orm.insert(users).values(row).onConflictDoUpdate({ target: users.id, set: row }).run();
    orm
      .insert(accounts)
      .values(account)
      .onConflictDoUpdate({ target: accounts.id, set: account })
      .run();
    orm.delete(signInSessions).where(eq(signInSessions.userId, user.id)).run();
  },
});
