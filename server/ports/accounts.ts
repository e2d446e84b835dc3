import type { UserRole } from '#schemas/entities/site.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import type { Result } from '#schemas/result.ts';

/** Who is signed in, as the session says. */
export interface SignedInUser {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly roles: readonly UserRole[];
  /** The unit that a village head is the head of; null for everybody else. */
  readonly unit: string | null;
  readonly passwordChangeRequired: boolean;
}

/** A session that has begun: the bearer token, and the cookies that mean the same to a browser. */
export interface SignedIn {
  readonly token: string;
  readonly cookies: readonly string[];
  readonly user: SignedInUser;
}

export interface Credentials {
  readonly username: string;
  readonly password: string;
  /** The address that the try came from; tries are counted by it. */
  readonly address: string;
}

/** The fewest characters of a password. */
export const MIN_PASSWORD_CHARS = 10;
export const MAX_PASSWORD_CHARS = 128;

/** Sign-in and sessions. Users themselves are written through the store, with their audit entry. */
export interface Accounts {
  /** Begins a session. Errors: signInFailed, tooManyTries. */
  signIn(
    credentials: Credentials,
  ): Promise<Result<SignedIn, ProblemOf<'signInFailed' | 'tooManyTries'>>>;
  /** Ends the session that the headers belong to; harmless without one. */
  signOut(headers: Headers): Promise<void>;
  /** Whose session the headers (bearer token or cookie) belong to. */
  userOf(headers: Headers): Promise<SignedInUser | undefined>;
  /** What the store keeps of a password. */
  hashPassword(password: string): Promise<string>;
}
