import type { Actor } from '#schemas/entities/bulletin.ts';
import { staffRoles } from '#schemas/entities/site.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { CommitProblem } from '../ports/store.ts';
import type { UserAccount } from '../ports/user-account.ts';
import { auditEntry } from './audit-entry.ts';
import { createUser } from './create-user.ts';
import { oneTimePassword } from './one-time-password.ts';

/** How the first administrator signs in, to be shown at the machine and nowhere else. */
export interface FirstSignIn {
  readonly username: string;
  readonly oneTimePassword: string;
}

const system: Actor = { kind: 'system', id: 'server' };
const FIRST_USERNAME = 'admin';

/**
 * At the first start, an administrator who may do everything, with a random one-time password. As
 * long as nobody but this one is there and the password was never changed, each start makes a new
 * one, because the old may not have been seen. Undefined once somebody has taken over. Errors:
 * diskFull.
 */
export const ensureFirstAdministrator = async (
  ports: Pick<ServerPorts, 'store' | 'accounts' | 'clock' | 'entropy'>,
): Promise<Result<FirstSignIn | undefined, CommitProblem>> => {
  const [first, ...others] = await ports.store.users();
  if (first === undefined) return createFirst(ports);
  if (others.length > 0 || !first.passwordChangeRequired) return ok(undefined);
  return renewPassword(ports, first);
};

type Ports = Parameters<typeof ensureFirstAdministrator>[0];

const createFirst = async (ports: Ports): Promise<Result<FirstSignIn, CommitProblem>> => {
  const created = await createUser(ports, system, {
    username: FIRST_USERNAME,
    name: FIRST_USERNAME,
    roles: [...staffRoles],
    unit: null,
  });
  if (!created.ok) {
    if (created.problem.code === 'unknownUnit') throw new Error('nobody named a unit');
    return refuse(created.problem);
  }
  return ok({ username: FIRST_USERNAME, oneTimePassword: created.value.oneTimePassword });
};

const renewPassword = async (
  ports: Ports,
  user: UserAccount,
): Promise<Result<FirstSignIn, CommitProblem>> => {
  const password = oneTimePassword(ports.entropy);
  const passwordHash = await ports.accounts.hashPassword(password);
  const done = await ports.store.commit({
    changes: [{ do: 'put', what: 'user', value: { ...user, passwordHash } }],
    audit: [auditEntry(ports, { actor: system, action: 'renewOneTimePassword', subject: user.id })],
  });
  return done.ok ? ok({ username: user.username, oneTimePassword: password }) : done;
};
