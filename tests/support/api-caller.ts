import * as z from 'zod';
import type { RunningServer } from '#server/main.ts';

/** An answer of the API as a test looks at it. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed JSON; undefined when there is none. */
  readonly body: unknown;
}

export interface ApiCall {
  readonly json?: unknown;
  readonly bytes?: RequestInit['body'];
  readonly headers?: Readonly<Record<string, string>>;
}

/** Calls the API as one person, or as nobody. */
export interface ApiCaller {
  readonly token: string | undefined;
  call(method: string, path: string, call?: ApiCall): Promise<ApiAnswer>;
  /** The body of an answer that must be a success. */
  get(path: string): Promise<unknown>;
  /** As it came, of an answer that must be a success. */
  text(path: string): Promise<string>;
  post(path: string, json?: unknown): Promise<unknown>;
}

const readBody = async (response: Response): Promise<unknown> => {
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  return isJson && text !== '' ? JSON.parse(text) : undefined;
};

/** A caller with the bearer token, if any. */
export const callAs = (url: string, token?: string): ApiCaller => {
  const call: ApiCaller['call'] = async (method, path, { json, bytes, headers = {} } = {}) => {
    const body = json === undefined ? bytes : JSON.stringify(json);
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(json !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body, duplex: 'half' }),
    });
    return { status: response.status, headers: response.headers, body: await readBody(response) };
  };
  const succeed = async (method: string, path: string, json?: unknown): Promise<unknown> => {
    const answer = await call(method, path, json === undefined ? {} : { json });
    if (answer.status >= 400) {
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    return answer.body;
  };
  const text = async (path: string): Promise<string> => {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const response = await fetch(`${url}${path}`, { headers });
    if (!response.ok) throw new Error(`GET ${path}: ${response.status}`);
    return response.text();
  };
  return {
    token,
    call,
    text,
    get: (path) => succeed('GET', path),
    post: (path, json) => succeed('POST', path, json),
  };
};

const tokenSchema = z.object({ token: z.string() });
const createdUserSchema = z.object({ oneTimePassword: z.string() });

/** Signs in with a one-time password and sets another. */
export const takeOver = async (
  url: string,
  { username, oneTimePassword }: { username: string; oneTimePassword: string },
  newPassword: string,
): Promise<ApiCaller> => {
  const credentials = { username, password: oneTimePassword };
  const first = tokenSchema.parse(await callAs(url).post('/api/sign-in', credentials));
  const change = { currentPassword: oneTimePassword, newPassword };
  const changed = await callAs(url, first.token).post('/api/password', change);
  return callAs(url, tokenSchema.parse(changed).token);
};

/** What the first administrator signs in with, once it has taken over. */
export const ADMINISTRATOR_PASSWORD = 'mật khẩu quản trị';

/** The first administrator of a fresh server, who has set a password. */
export const firstAdministrator = (server: RunningServer): Promise<ApiCaller> => {
  if (server.firstSignIn === undefined) throw new Error('somebody has taken over');
  return takeOver(server.url, server.firstSignIn, ADMINISTRATOR_PASSWORD);
};

interface Newcomer {
  readonly username: string;
  readonly roles: readonly string[];
  /** Of a village head. */
  readonly unit?: string;
}

/** Adds a person with the roles; gives the one-time password. */
export const invite = async (administrator: ApiCaller, newcomer: Newcomer): Promise<string> => {
  const json = { ...newcomer, name: newcomer.username };
  const created = await administrator.post('/api/users', json);
  return createdUserSchema.parse(created).oneTimePassword;
};

/** A new person with the roles, signed in with a password of its own. */
export const newPerson = async (
  server: RunningServer,
  administrator: ApiCaller,
  newcomer: Newcomer,
): Promise<ApiCaller> => {
  const { username } = newcomer;
  const oneTimePassword = await invite(administrator, newcomer);
  return takeOver(server.url, { username, oneTimePassword }, `mật khẩu của ${username}`);
};
