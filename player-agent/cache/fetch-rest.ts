import type { Clock, Timer } from '#runtime/clock.ts';
import type { ClipReference } from '#schemas/playlist.ts';
import type { Sha256 } from '#schemas/primitives.ts';
import type { ClipPart, DownloadOutcome, DownloadPorts } from './download-ports.ts';

/** How long nothing may come before the download is given up for now, in milliseconds. */
export const STALL_MS = 30_000;
const PARTIAL_CONTENT = 206;
const NOT_FOUND = 404;
const RANGE_NOT_SATISFIABLE = 416;

/**
 * Appends to the part what is missing of the clip. `stored` says that as many bytes came as the clip
 * has; a body that breaks off is `unreachable`, and what came of it stays for the next try.
 */
export const fetchRest = async (
  ports: DownloadPorts,
  clip: ClipReference,
  part: ClipPart,
): Promise<DownloadOutcome> => {
  const guard = createStallGuard(ports.clock);
  try {
    const response = await ask(ports, clip.sha256, { guard, fromBytes: part.file.size() });
    if (response === undefined) return 'unreachable';
    const refusal = refusalOf(response, part.file.size());
    if (refusal === undefined) return await appendBody(response, { clip, part, guard });
    await response.body?.cancel();
    return refusal;
  } finally {
    guard.stop();
  }
};

const ask = async (
  ports: DownloadPorts,
  sha256: Sha256,
  from: { readonly guard: StallGuard; readonly fromBytes: number },
): Promise<Response | undefined> => {
  const headers: Record<string, string> = { authorization: `Bearer ${ports.token}` };
  if (from.fromBytes > 0) headers.range = `bytes=${from.fromBytes}-`;
  const url = `${ports.baseUrl.replace(/\/+$/, '')}/${sha256}`;
  try {
    return await ports.fetchUrl(url, { headers, signal: from.guard.signal });
  } catch {
    // No connection, or given up: it is tried again later.
    return undefined;
  }
};

const refusalOf = (response: Response, fromBytes: number): DownloadOutcome | undefined => {
  if (response.status === NOT_FOUND) return 'notThere';
  if (response.status === RANGE_NOT_SATISFIABLE) return 'cannotResume';
  if (!response.ok) return 'unreachable';
  // A whole body although the rest was asked for.
  if (fromBytes > 0 && response.status !== PARTIAL_CONTENT) return 'cannotResume';
  return undefined;
};

interface Receiving {
  readonly clip: ClipReference;
  readonly part: ClipPart;
  readonly guard: StallGuard;
}

const appendBody = async (response: Response, into: Receiving): Promise<DownloadOutcome> => {
  const { clip, part, guard } = into;
  const reader = response.body?.getReader();
  for (;;) {
    const chunk = await nextChunk(reader);
    if (chunk === undefined) break;
    guard.alive();
    const isTooLong = part.file.size() + chunk.length > clip.bytes;
    if (isTooLong || !(await part.file.append(chunk)).ok) {
      guard.giveUp();
      return isTooLong ? 'wrongBytes' : 'diskFull';
    }
    part.hash.update(chunk);
  }
  return part.file.size() === clip.bytes ? 'stored' : 'unreachable';
};

type BodyReader = ReadableStreamDefaultReader<Uint8Array>;

const nextChunk = async (reader: BodyReader | undefined): Promise<Uint8Array | undefined> => {
  try {
    return (await reader?.read())?.value;
  } catch {
    // The connection broke off or stalled; what came so far stays.
    return undefined;
  }
};

interface StallGuard {
  readonly signal: AbortSignal;
  alive(): void;
  /** Nothing more of the body is wanted. */
  giveUp(): void;
  stop(): void;
}

const createStallGuard = (clock: Clock): StallGuard => {
  const controller = new AbortController();
  let timer: Timer | undefined;
  const alive = () => {
    timer?.cancel();
    timer = clock.at(clock.positionMs() + STALL_MS, () => controller.abort());
  };
  alive();
  return {
    signal: controller.signal,
    alive,
    giveUp: () => controller.abort(),
    stop: () => timer?.cancel(),
  };
};
