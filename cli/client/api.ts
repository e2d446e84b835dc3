import { type ClientResponse, hc } from 'hono/client';
import { allPages } from '#core/all-pages.ts';
import { MAX_LISTED } from '#schemas/list-page.ts';
import { type Problem, problemFacts } from '#schemas/problem.ts';
import type { AppType } from '#server/http/app.ts';
import { printJson, reportProblem } from '../outcome.ts';
import { readSession, type Session } from './session-file.ts';

/** The server's HTTP API, typed by the server itself. */
export type Api = ReturnType<typeof hc<AppType>>['api'];

/** What a command works with once somebody is signed in. */
export interface Connection extends Session {
  readonly api: Api;
  readonly authorization: string;
}

/** The API of a server for the holder of the token. */
export const connect = ({ server, token }: Session): Connection => {
  const authorization = `Bearer ${token}`;
  return {
    server,
    token,
    authorization,
    api: hc<AppType>(server, { headers: { authorization } }).api,
  };
};

const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' &&
  value !== null &&
  'code' in value &&
  String(value.code) in problemFacts;

/** What the server refused with; an answer that is none of ours says that it is not our server. */
const readProblem = async (response: {
  text(): Promise<string>;
  url: string;
}): Promise<Problem> => {
  try {
    const body: unknown = JSON.parse(await response.text());
    if (isProblem(body)) {
      const { sentence: _, ...problem } = body as Problem & { sentence?: unknown };
      return problem as Problem;
    }
  } catch {
    // Not JSON: another program answered.
  }
  return { code: 'serverUnreachable', url: response.url };
};

/** How an answer is read; as JSON unless said otherwise. */
interface Reading<V> {
  readonly read: (response: { json(): Promise<unknown>; body: Response['body'] }) => Promise<V>;
}

/** The value of an answer; undefined when the server refused or could not be reached, which is said. */
export const answered = async <T, V = T>(
  server: string,
  asked: Promise<ClientResponse<T> | Response>,
  { read }: Reading<V> = { read: async (response) => (await response.json()) as V },
): Promise<V | undefined> => {
  const response = await asked.catch(() => undefined);
  if (response === undefined) {
    reportProblem({ code: 'serverUnreachable', url: server });
    return undefined;
  }
  if (response.ok) return read(response as Response);
  reportProblem(await readProblem(response));
  return undefined;
};

/** Everything that a list holds, asked for page by page; undefined when the server refused, which is said. */
export const listed = <T extends { readonly id: string }>(
  server: string,
  readPage: (query: { after?: string }) => Promise<ClientResponse<readonly T[]>>,
): Promise<T[] | undefined> => allPages(MAX_LISTED, (query) => answered(server, readPage(query)));

/** Runs a call for whoever is signed in and prints its answer as JSON. */
export const callAndPrint = <T>(
  call: (connection: Connection) => Promise<ClientResponse<T> | Response>,
): Promise<void> => readAndPrint((connection) => answered(connection.server, call(connection)));

/** Lists everything for whoever is signed in, as one JSON. */
export const listAndPrint = <T extends { readonly id: string }>(
  call: (
    connection: Connection,
    query: { after?: string },
  ) => Promise<ClientResponse<readonly T[]>>,
): Promise<void> =>
  readAndPrint((connection) => listed(connection.server, (query) => call(connection, query)));

const readAndPrint = async (read: (connection: Connection) => Promise<unknown>): Promise<void> => {
  const session = await readSession();
  if (session === undefined) return reportProblem({ code: 'notSignedIn' });
  const value = await read(connect(session));
  if (value !== undefined) printJson(value);
};
