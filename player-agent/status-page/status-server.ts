import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Entropy } from '#runtime/clock.ts';
import { type ListenProblem, listenAt } from '#runtime/listen-at.ts';
import { ok, type Result } from '#schemas/result.ts';
import type { StatusFacts } from './status-facts.ts';
import { type Did, dids, statusPage } from './status-html.ts';

/** Only who sits at the box reaches the page. */
const HOST = '127.0.0.1';
const MAX_BODY_BYTES = 4_096;
const TOKEN_BYTES = 32;
const REQUEST_TIMEOUT_MS = 10_000;
const MAX_CONNECTIONS = 16;

/** Nothing but the page's own text, style and form; in nobody's frame, kept by no cache. */
const headers = {
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

export interface StatusServerOptions {
  /** 0 takes any free port. */
  readonly port: number;
  readonly entropy: Entropy;
  readonly facts: () => Promise<StatusFacts>;
  /** The local time of the site as a person entered it, `YYYY-MM-DDTHH:MM`, seconds or none. */
  readonly setTime: (local: string) => Promise<Did>;
  /** Lets the test tone sound, if it may. */
  readonly playTone: () => Promise<Did>;
  /** Lets sound what says that all is only a drill, if it may. */
  readonly playDrill: () => Promise<Did>;
  readonly onError: (error: unknown) => void;
}

export interface StatusServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Shows the status page on 127.0.0.1. A request must name this address and port as its host, so that
 * no name that was bound to it anew leads here; a post must come from the page itself and carry its
 * token. Errors: portTaken, configurationInvalid.
 */
export const openStatusServer = async (
  options: StatusServerOptions,
): Promise<Result<StatusServer, ListenProblem>> => {
  const token = Buffer.from(options.entropy.bytes(TOKEN_BYTES)).toString('hex');
  let port = options.port;
  const server = createServer((request, response) => {
    handle(request, response, { ...options, port, token }).catch((error: unknown) => {
      options.onError(error);
      answer(response, 500, '');
    });
  });
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.maxConnections = MAX_CONNECTIONS;
  const setting = 'TIENG_LANG_AGENT_STATUS_PORT';
  const address = { host: HOST, port, hostSetting: setting, portSetting: setting };
  const listening = await listenAt(server, address);
  if (!listening.ok) return listening;
  port = listening.value;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return ok({ port, close });
};

type Door = StatusServerOptions & { readonly token: string };

const handle = async (
  request: IncomingMessage,
  response: ServerResponse,
  door: Door,
): Promise<void> => {
  const { host, origin } = request.headers;
  const ours = [`${HOST}:${door.port}`, `localhost:${door.port}`];
  if (host === undefined || !ours.includes(host)) return answer(response, 421, '');
  const url = new URL(request.url ?? '/', `http://${host}`);
  if (request.method === 'GET' && url.pathname === '/') {
    const did = didOf(url.searchParams.get('did'));
    return answer(response, 200, statusPage(await door.facts(), { token: door.token, did }));
  }
  const deed = deedAt(url.pathname, door);
  if (request.method !== 'POST' || deed === undefined) return answer(response, 404, '');
  const form = await readForm(request);
  if (form === undefined) return answer(response, 413, '');
  if (origin !== `http://${host}` || !isToken(form.get('token'), door.token)) {
    return answer(response, 403, '');
  }
  const did = await deed(form);
  response.setHeader('location', `/?did=${did}`);
  return answer(response, 303, '');
};

const deedAt = (
  path: string,
  { playTone, playDrill, setTime }: Door,
): ((form: URLSearchParams) => Promise<Did>) | undefined => {
  if (path === '/time') return (form) => setTime(form.get('time') ?? '');
  if (path === '/tone') return playTone;
  return path === '/drill' ? playDrill : undefined;
};

const answer = (response: ServerResponse, status: number, body: string): void => {
  response.writeHead(status, { ...headers, 'content-type': 'text/html; charset=utf-8' });
  response.end(body);
};

const didOf = (text: string | null): Did | null => dids.find((did) => did === text) ?? null;

const isToken = (given: string | null, token: string): boolean =>
  given !== null &&
  given.length === token.length &&
  timingSafeEqual(Buffer.from(given, 'latin1'), Buffer.from(token, 'latin1'));

const readForm = async (request: IncomingMessage): Promise<URLSearchParams | undefined> => {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    parts.push(part);
    bytes += part.length;
    if (bytes > MAX_BODY_BYTES) return undefined;
  }
  return new URLSearchParams(Buffer.concat(parts).toString('utf8'));
};
