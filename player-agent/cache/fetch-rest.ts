import type { ClipReference } from '#schemas/playlist.ts';
import { askForClip } from './ask-for-clip.ts';
import type { ClipPart, DownloadOutcome, DownloadPorts } from './download-ports.ts';
import { createStallGuard, type StallGuard } from './stall-guard.ts';

const PARTIAL_CONTENT = 206;
const NOT_FOUND = 404;
const RANGE_NOT_SATISFIABLE = 416;

/** How it went, and whether it was the store that answered. */
export interface Fetched {
  readonly outcome: DownloadOutcome;
  readonly isStores: boolean;
}

/**
 * Appends to the part what is missing of the clip. `stored` says that as many bytes came as the clip
 * has; a body that breaks off is `unreachable`, and what came of it stays for the next try.
 */
export const fetchRest = async (
  ports: DownloadPorts,
  clip: ClipReference,
  { part, mayLink }: { readonly part: ClipPart; readonly mayLink: boolean },
): Promise<Fetched> => {
  const guard = createStallGuard(ports.clock);
  const fromBytes = part.file.size();
  try {
    const answer = await askForClip(ports, clip.sha256, { guard, fromBytes, mayLink });
    if (answer === undefined) return { outcome: 'unreachable', isStores: false };
    const { response, isStores } = answer;
    const refusal = refusalOf(response, fromBytes);
    if (refusal === undefined) {
      return { outcome: await appendBody(response, { clip, part, guard }), isStores };
    }
    await response.body?.cancel();
    return { outcome: refusal, isStores };
  } finally {
    guard.stop();
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
