import { createId } from '#runtime/clock.ts';
import type { Actor } from '#schemas/entities/bulletin.ts';
import type { UserRole } from '#schemas/entities/site.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import type { CreateUserRequest } from '#schemas/requests/access.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { CommitProblem } from '../ports/store.ts';
import type { UserAccount } from '../ports/user-account.ts';
import { auditEntry } from './audit-entry.ts';
import { unknownReference } from './describe-bulletin.ts';
import { oneTimePassword } from './one-time-password.ts';

/** A user as others may see it: everything but the password. */
export interface UserView {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly roles: readonly UserRole[];
  readonly unit: string | null;
  readonly passwordChangeRequired: boolean;
}

/** What others may see of a user. */
export const userToView = (user: UserAccount): UserView => ({
  id: user.id,
  username: user.username,
  name: user.name,
  roles: user.roles,
  unit: user.unit,
  passwordChangeRequired: user.passwordChangeRequired,
});

/** A new user, and the password for the first sign-in. */
interface Invited {
  readonly user: UserView;
  readonly oneTimePassword: string;
}

/**
 * A new user, and the one-time password to tell it; the password is kept nowhere. Errors:
 * unknownUnit, alreadyExists (the user name is taken), diskFull.
 */
export const createUser = async (
  ports: Pick<ServerPorts, 'store' | 'accounts' | 'clock' | 'entropy'>,
  actor: Actor,
  request: CreateUserRequest,
): Promise<Result<Invited, ProblemOf<'unknownUnit'> | CommitProblem>> => {
  const unknown = await unknownReference(ports.store, {
    campaigns: [],
    units: request.unit === null ? [] : [request.unit],
  });
  if (unknown?.code === 'unknownUnit') return refuse(unknown);
  const password = oneTimePassword(ports.entropy);
  const user: UserAccount = {
    id: createId(ports.clock, ports.entropy),
    ...request,
    passwordHash: await ports.accounts.hashPassword(password),
    passwordChangeRequired: true,
    createdMs: Math.floor(ports.clock.wallMs()),
  };
  const done = await ports.store.commit({
    changes: [{ do: 'insert', what: 'user', value: user }],
    audit: [auditEntry(ports, { actor, action: 'createUser', subject: user.id, facts: request })],
  });
  return done.ok ? ok({ user: userToView(user), oneTimePassword: password }) : done;
};
