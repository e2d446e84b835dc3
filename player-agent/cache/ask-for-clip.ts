import { CLIP_LINK_PREFERENCE, CLIP_LINK_STATUS } from '#schemas/clip-link.ts';
import type { Sha256 } from '#schemas/primitives.ts';
import type { DownloadPorts } from './download-ports.ts';
import { createStallGuard, type StallGuard } from './stall-guard.ts';

/** How long a store may be silent before the server is asked for the bytes, in milliseconds. */
export const STORE_SILENT_MS = 10_000;
const RANGE_NOT_SATISFIABLE = 416;

interface From {
  readonly guard: StallGuard;
  readonly fromBytes: number;
  /** Whether the server may lead to its store. */
  readonly mayLink: boolean;
}

/** An answer, and who gave it. */
export interface ClipAnswer {
  readonly response: Response;
  readonly isStores: boolean;
}

type Headers = Readonly<Record<string, string>>;

/** The answer; undefined without a connection, or when it was given up: it is tried again later. */
const reach = async (
  ports: DownloadPorts,
  url: string,
  init: { readonly headers: Headers; readonly signal: AbortSignal },
): Promise<Response | undefined> => {
  try {
    return await ports.fetchUrl(url, { ...init, redirect: 'manual' });
  } catch {
    return undefined;
  }
};

/** Where an answer leads; never from an encrypted connection to one that is not. */
const linkIn = (answer: Response, asked: string): string | undefined => {
  const link = URL.parse(answer.headers.get('location') ?? '', asked);
  if (link === null) return undefined;
  return new URL(asked).protocol === 'https:' && link.protocol !== 'https:' ? undefined : link.href;
};

/** The store's answer when it has what was asked for. It gets no token: the link is right enough. */
const askStore = async (
  ports: DownloadPorts,
  link: string,
  { range, guard }: { readonly range: Headers; readonly guard: StallGuard },
): Promise<Response | undefined> => {
  const patience = createStallGuard(ports.clock, STORE_SILENT_MS);
  const signal = AbortSignal.any([guard.signal, patience.signal]);
  const answer = await reach(ports, link, { headers: range, signal });
  patience.stop();
  if (answer?.ok || answer?.status === RANGE_NOT_SATISFIABLE) return answer;
  await answer?.body?.cancel();
  return undefined;
};

/**
 * Asks for a clip from a byte on: the server, and the store where the server leads there. The server
 * is asked for the bytes themselves when the store cannot be reached or takes the link no longer, and
 * where no link is wanted.
 */
export const askForClip = async (
  ports: DownloadPorts,
  sha256: Sha256,
  { guard, fromBytes, mayLink }: From,
): Promise<ClipAnswer | undefined> => {
  const url = `${ports.baseUrl.replace(/\/+$/, '')}/${sha256}`;
  const range: Headers = fromBytes > 0 ? { range: `bytes=${fromBytes}-` } : {};
  const headers: Headers = { authorization: `Bearer ${ports.token}`, ...range };
  const { signal } = guard;
  const askServer = async (more: Headers): Promise<ClipAnswer | undefined> => {
    const response = await reach(ports, url, { headers: { ...headers, ...more }, signal });
    return response && { response, isStores: false };
  };
  if (!mayLink) return askServer({});
  const { header, value } = CLIP_LINK_PREFERENCE;
  const answer = await askServer({ [header]: value });
  if (answer?.response.status !== CLIP_LINK_STATUS) return answer;
  await answer.response.body?.cancel();
  const link = linkIn(answer.response, url);
  const stored = link === undefined ? undefined : await askStore(ports, link, { range, guard });
  if (stored !== undefined) return { response: stored, isStores: true };
  guard.alive();
  return askServer({});
};
