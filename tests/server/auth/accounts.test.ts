import { expect, test } from 'vitest';
import { createLogger } from '#runtime/logger.ts';
import { createAccounts } from '#server/auth/accounts.ts';
import { signInTables } from '#server/db/tables/sign-in.ts';
import { entities } from '../db/entities.ts';
import { openTestStore } from '../db/open-test-store.ts';

const password = 'đò đưa sông Mã';
const lan = { username: 'lan', password, address: '10.0.0.7' };

const accountsWithLan = async () => {
  const { store, database } = await openTestStore();
  const accounts = createAccounts({
    orm: database.orm,
    tables: signInTables,
    secret: 's'.repeat(32),
    secure: false,
    log: createLogger('test', 'silent'),
  });
  const passwordHash = await accounts.hashPassword(password);
  const user = { ...entities.user, passwordHash };
  await store.commit({ changes: [{ do: 'insert', what: 'user', value: user }] });
  return { accounts, store, user, database };
};

const bearing = (token: string) => new Headers({ authorization: `Bearer ${token}` });

test('who knows the password gets a token and a cookie that say who it is', async () => {
  const { accounts } = await accountsWithLan();
  const signedIn = await accounts.signIn({ ...lan, username: 'Lan' });
  if (!signedIn.ok) throw new Error(signedIn.problem.code);
  const { id, username, name, roles, unit, passwordChangeRequired } = entities.user;
  const user = { id, username, name, roles, unit, passwordChangeRequired };
  expect(signedIn.value.user).toEqual(user);
  expect(await accounts.userOf(bearing(signedIn.value.token))).toEqual(user);
  const cookie = signedIn.value.cookies.map((text) => text.split(';')[0]).join('; ');
  expect(await accounts.userOf(new Headers({ cookie }))).toEqual(user);
});

test('a signed-out token is worth nothing any more', async () => {
  const { accounts } = await accountsWithLan();
  const signedIn = await accounts.signIn(lan);
  if (!signedIn.ok) throw new Error(signedIn.problem.code);
  const headers = bearing(signedIn.value.token);
  await accounts.signOut(headers);
  expect(await accounts.userOf(headers)).toBeUndefined();
});

test('another password, written by the store, ends the old sessions', async () => {
  const { accounts, store, user } = await accountsWithLan();
  const signedIn = await accounts.signIn(lan);
  if (!signedIn.ok) throw new Error(signedIn.problem.code);
  const passwordHash = await accounts.hashPassword('một mật khẩu khác');
  await store.commit({ changes: [{ do: 'put', what: 'user', value: { ...user, passwordHash } }] });
  expect(await accounts.userOf(bearing(signedIn.value.token))).toBeUndefined();
  expect(await accounts.signIn(lan)).toMatchObject({ ok: false });
  expect(await accounts.signIn({ ...lan, password: 'một mật khẩu khác' })).toMatchObject({
    ok: true,
  });
});

test.each([
  { why: 'the password is wrong', credentials: { ...lan, password: 'sai mật khẩu rồi' } },
  { why: 'nobody has that name', credentials: { ...lan, username: 'hoa' } },
  { why: 'the name is empty', credentials: { ...lan, username: '' } },
  { why: 'the name has signs in it', credentials: { ...lan, username: "' OR 1=1" } },
  { why: 'the password is empty', credentials: { ...lan, password: '' } },
  { why: 'the password is endless', credentials: { ...lan, password: 'x'.repeat(10_000) } },
])('nobody is let in when $why', async ({ credentials }) => {
  const { accounts } = await accountsWithLan();
  expect(await accounts.signIn(credentials)).toEqual({
    ok: false,
    problem: { code: 'signInFailed' },
  });
});

test.each(['', 'Bearer', 'Bearer x', 'Bearer a.b', 'Basic bGFuOng='])(
  'a request with "%s" is nobody’s',
  async (authorization) => {
    const { accounts } = await accountsWithLan();
    expect(await accounts.userOf(new Headers({ authorization }))).toBeUndefined();
  },
);

test('who is let in has not tried: only what failed is counted, whatever kind of address', async () => {
  const { accounts, database } = await accountsWithLan();
  for (const address of ['10.0.0.7', '2001:db8::7', '::ffff:10.0.0.9']) {
    expect(await accounts.signIn({ ...lan, address })).toMatchObject({ ok: true });
  }
  const counted = await database.orm.select().from(signInTables.rateLimit);
  expect(counted.map(({ count }) => count)).toEqual([0, 0, 0]);
});

test('guessing from one address is slowed down, also between right tries, and others are not', async () => {
  const { accounts } = await accountsWithLan();
  const guess = { ...lan, password: 'đoán mò thôi' };
  for (let tries = 0; tries < 20; tries += 1) {
    if (tries === 10) expect(await accounts.signIn(lan)).toMatchObject({ ok: true });
    expect(await accounts.signIn(guess)).toMatchObject({ problem: { code: 'signInFailed' } });
  }
  const refused = await accounts.signIn(lan);
  expect(refused).toMatchObject({ ok: false, problem: { code: 'tooManyTries' } });
  expect(await accounts.signIn({ ...lan, address: '10.0.0.8' })).toMatchObject({ ok: true });
});
