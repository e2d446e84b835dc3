import type { ProblemOf } from '#schemas/problem.ts';
import { type Result, refuse } from '#schemas/result.ts';
import {
  MAX_PASSWORD_CHARS,
  MIN_PASSWORD_CHARS,
  type SignedIn,
  type SignedInUser,
} from '../ports/accounts.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { CommitProblem } from '../ports/store.ts';
import { auditEntry } from './audit-entry.ts';

export interface PasswordChange {
  readonly currentPassword: string;
  readonly newPassword: string;
  /** Where the request came from; wrong tries are counted by it. */
  readonly address: string;
}

type Refusal =
  | ProblemOf<'signInFailed' | 'tooManyTries' | 'passwordTooWeak' | 'notSignedIn'>
  | CommitProblem;

/**
 * Another password for who is signed in. It ends every session, and gives back a new one. Errors:
 * passwordTooWeak (shorter than 10 characters, or the old one again), signInFailed (the current one
 * is wrong), tooManyTries, notSignedIn (the user is gone), diskFull.
 */
export const changePassword = async (
  ports: Pick<ServerPorts, 'store' | 'accounts' | 'clock' | 'entropy'>,
  who: SignedInUser,
  change: PasswordChange,
): Promise<Result<SignedIn, Refusal>> => {
  const { currentPassword, newPassword, address } = change;
  const isLongEnough = [...newPassword].length >= MIN_PASSWORD_CHARS;
  const fits = newPassword.length <= MAX_PASSWORD_CHARS && newPassword !== currentPassword;
  if (!isLongEnough || !fits) {
    return refuse({ code: 'passwordTooWeak', minChars: MIN_PASSWORD_CHARS });
  }
  const { username } = who;
  const proven = await ports.accounts.signIn({ username, password: currentPassword, address });
  if (!proven.ok) return proven;
  const user = await ports.store.userById(who.id);
  if (user === undefined) return refuse({ code: 'notSignedIn' });
  const passwordHash = await ports.accounts.hashPassword(newPassword);
  const value = { ...user, passwordHash, passwordChangeRequired: false };
  const done = await ports.store.commit({
    changes: [{ do: 'put', what: 'user', value }],
    audit: [
      auditEntry(ports, {
        actor: { kind: 'user', id: user.id },
        action: 'changePassword',
        subject: user.id,
      }),
    ],
  });
  if (!done.ok) return done;
  return ports.accounts.signIn({ username, password: newPassword, address });
};
