import { betterAuth } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { getIP } from 'better-auth/api';
import { bearer, username } from 'better-auth/plugins';
import * as z from 'zod';
import type { Logger } from '#runtime/logger.ts';
import { userRoleSchema } from '#schemas/entities/site.ts';
import { idSchema } from '#schemas/primitives.ts';
import { ok, refuse } from '#schemas/result.ts';
import {
  type Accounts,
  type Credentials,
  MAX_PASSWORD_CHARS,
  MIN_PASSWORD_CHARS,
  type SignedInUser,
} from '../ports/accounts.ts';

/** Carries the caller's address into the library, which counts tries by it; nobody outside can set it. */
const ADDRESS_HEADER = 'x-tieng-lang-address';
/** The library builds its routes on an address; nothing is ever sent there. */
const INNER_URL = 'http://sign-in.invalid';

const SIGN_IN_PATH = '/sign-in/username';
const TRIES_WINDOW_S = 60;
const MAX_TRIES_PER_WINDOW = 20;
const SESSION_S = 12 * 3600;
const SESSION_RENEWAL_S = 3600;

export interface AccountsInput {
  /** The Drizzle database and its sign-in tables, as `server/db` hands them out. */
  readonly orm: object;
  readonly tables: Record<string, unknown>;
  /** What cookies and bearer tokens are signed with; at least 32 characters. */
  readonly secret: string;
  /** Whether people reach the server over HTTPS only. */
  readonly secure: boolean;
  readonly log: Logger;
}

/** The library knows a Drizzle database as an object with any members. */
type LibraryDatabase = Parameters<typeof drizzleAdapter>[0];

const createLibrary = (input: AccountsInput) =>
  betterAuth({
    baseURL: INNER_URL,
    secret: input.secret,
    telemetry: { enabled: false },
    database: drizzleAdapter(input.orm as LibraryDatabase, {
      provider: 'sqlite',
      schema: input.tables,
    }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: MIN_PASSWORD_CHARS,
      maxPasswordLength: MAX_PASSWORD_CHARS,
    },
    user: {
      additionalFields: {
        roles: { type: 'string[]', input: false, required: true },
        unit: { type: 'string', input: false, required: false },
        passwordChangeRequired: { type: 'boolean', input: false, required: true },
      },
    },
    session: { expiresIn: SESSION_S, updateAge: SESSION_RENEWAL_S },
    plugins: [username({ displayUsername: false }), bearer()],
    rateLimit: {
      enabled: true,
      storage: 'database',
      customRules: { [SIGN_IN_PATH]: { window: TRIES_WINDOW_S, max: MAX_TRIES_PER_WINDOW } },
    },
    advanced: {
      cookiePrefix: 'tieng-lang',
      useSecureCookies: input.secure,
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
    },
    logger: { disabled: true },
  });
type Library = ReturnType<typeof createLibrary>;

const userSchema = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string(),
  roles: z.array(userRoleSchema),
  unit: idSchema.nullable(),
  passwordChangeRequired: z.boolean(),
});
const signInAnswerSchema = z.object({ token: z.string().min(1), user: userSchema });

const toRequest = ({ username, password, address }: Credentials): Request =>
  new Request(`${INNER_URL}/api/auth${SIGN_IN_PATH}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [ADDRESS_HEADER]: address },
    body: JSON.stringify({ username, password }),
  });

/** The library counts every try when it comes; this takes the one that succeeded off again. */
const forgetTry = async (library: Library, request: Request): Promise<void> => {
  const { adapter, options } = await library.$context;
  await adapter.incrementOne({
    model: 'rateLimit',
    where: [
      { field: 'key', value: `${getIP(request, options)}|${SIGN_IN_PATH}` },
      { field: 'count', operator: 'gt', value: 0 },
    ],
    increment: { count: -1 },
  });
};

const signInWith =
  (library: Library, log: Logger): Accounts['signIn'] =>
  async (credentials) => {
    const request = toRequest(credentials);
    const response = await library.handler(request.clone());
    if (response.status === 429) {
      const retryAfterS = Number(response.headers.get('x-retry-after') ?? TRIES_WINDOW_S);
      log.warn({ event: 'signInThrottled', address: credentials.address, retryAfterS });
      return refuse({ code: 'tooManyTries', retryAfterS });
    }
    if (response.status >= 500) throw new Error(`sign-in answered ${response.status}`);
    if (!response.ok) {
      log.warn({ event: 'signInFailed', address: credentials.address });
      return refuse({ code: 'signInFailed' });
    }
    await forgetTry(library, request);
    const { token, user } = signInAnswerSchema.parse(await response.json());
    return ok({ token, user, cookies: response.headers.getSetCookie() });
  };

const userOfSession =
  (library: Library) =>
  async (headers: Headers): Promise<SignedInUser | undefined> => {
    const session = await library.api.getSession({ headers });
    return session === null ? undefined : userSchema.parse(session.user);
  };

/** Sign-in through better-auth: user names, bearer tokens and cookies, tries that fail counted by address. */
export const createAccounts = (input: AccountsInput): Accounts => {
  const library = createLibrary(input);
  return {
    signIn: signInWith(library, input.log),
    signOut: async (headers) => {
      const session = await library.api.getSession({ headers });
      if (session !== null) await library.api.signOut({ headers });
    },
    userOf: userOfSession(library),
    hashPassword: async (password) => (await library.$context).password.hash(password),
  };
};
