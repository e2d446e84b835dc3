import { createHash, type Hash } from 'node:crypto';
import type { ClipReference } from '#schemas/playlist.ts';
import type { DiskFile } from '../ports/disk.ts';
import type { ClipPart, DownloadOutcome, DownloadPorts } from './download-ports.ts';
import { type Fetched, fetchRest } from './fetch-rest.ts';

const READ_BYTES = 262_144;
/** Room that clips leave on the disk for the log, in bytes. */
const RESERVE_BYTES = 67_108_864;

/**
 * Fetches one clip, going on where the last try stopped, and hashes it on the way. It gets its name
 * only when it is whole and synced; wrong bytes are thrown away and told. What a store answers and
 * that brings the clip no further is followed by one try at the server itself.
 */
export const downloadClip = async (
  ports: DownloadPorts,
  clip: ClipReference,
): Promise<DownloadOutcome> => {
  const { outcome, isInVain } = await tryClip(ports, clip, true);
  return isInVain ? (await tryClip(ports, clip, false)).outcome : outcome;
};

/** How a try went; `isInVain` where it was the store's and left no more than there was before. */
interface Tried {
  readonly outcome: DownloadOutcome;
  readonly isInVain: boolean;
}

const tryClip = async (
  ports: DownloadPorts,
  clip: ClipReference,
  mayLink: boolean,
): Promise<Tried> => {
  const path = ports.files.partOf(clip.sha256);
  const file = await ports.disk.open(path);
  const hash = createHash('sha256');
  let tried: Tried;
  try {
    if (file.size() > clip.bytes) await file.truncate(0);
    const { freeBytes } = await ports.disk.space(ports.files.folder);
    const isRoomy = freeBytes - (clip.bytes - file.size()) >= RESERVE_BYTES;
    await hashSoFar(file, hash);
    tried = isRoomy
      ? await receive(ports, clip, { part: { file, hash }, mayLink })
      : { outcome: 'diskFull', isInVain: false };
  } finally {
    await file.close();
  }
  const { outcome } = tried;
  if (outcome === 'stored') await ports.disk.rename(path, ports.files.pathOf(clip.sha256));
  if (leavesNothing.has(outcome)) await ports.disk.remove(path);
  if (outcome === 'wrongBytes') ports.onWrongBytes(clip.sha256);
  return tried;
};

const hashSoFar = async (file: DiskFile, hash: Hash): Promise<void> => {
  for (let offset = 0; offset < file.size(); offset += READ_BYTES) {
    hash.update(await file.read(offset, READ_BYTES));
  }
};

const wholeAlready: Fetched = { outcome: 'stored', isStores: false };

/** After these nothing of the clip is worth keeping, or there is no room to keep it. */
const leavesNothing: ReadonlySet<DownloadOutcome> = new Set([
  'wrongBytes',
  'cannotResume',
  'diskFull',
]);

const receive = async (
  ports: DownloadPorts,
  clip: ClipReference,
  how: { readonly part: ClipPart; readonly mayLink: boolean },
): Promise<Tried> => {
  const { file, hash } = how.part;
  const fromBytes = file.size();
  const isMissing = fromBytes < clip.bytes;
  const { outcome, isStores } = isMissing ? await fetchRest(ports, clip, how) : wholeAlready;
  const isFurther = outcome === 'unreachable' && file.size() > fromBytes;
  if (outcome !== 'stored') {
    return { outcome, isInVain: isStores && !isFurther && outcome !== 'diskFull' };
  }
  const isClip = file.size() === clip.bytes && hash.digest('hex') === clip.sha256;
  if (!isClip) return { outcome: 'wrongBytes', isInVain: isStores };
  return { outcome: (await file.sync()).ok ? 'stored' : 'diskFull', isInVain: false };
};
