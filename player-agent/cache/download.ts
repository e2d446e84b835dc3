import { createHash, type Hash } from 'node:crypto';
import type { ClipReference } from '#schemas/playlist.ts';
import type { DiskFile } from '../ports/disk.ts';
import type { ClipPart, DownloadOutcome, DownloadPorts } from './download-ports.ts';
import { fetchRest } from './fetch-rest.ts';

const READ_BYTES = 262_144;
/** Room that clips leave on the disk for the log, in bytes. */
const RESERVE_BYTES = 67_108_864;

/**
 * Fetches one clip, going on where the last try stopped, and hashes it on the way. It gets its name
 * only when it is whole and synced; wrong bytes are thrown away.
 */
export const downloadClip = async (
  ports: DownloadPorts,
  clip: ClipReference,
): Promise<DownloadOutcome> => {
  const path = ports.files.partOf(clip.sha256);
  const file = await ports.disk.open(path);
  const hash = createHash('sha256');
  let outcome: DownloadOutcome;
  try {
    if (file.size() > clip.bytes) await file.truncate(0);
    const { freeBytes } = await ports.disk.space(ports.files.folder);
    const isRoomy = freeBytes - (clip.bytes - file.size()) >= RESERVE_BYTES;
    await hashSoFar(file, hash);
    outcome = isRoomy ? await receive(ports, clip, { file, hash }) : 'diskFull';
  } finally {
    await file.close();
  }
  if (outcome === 'stored') await ports.disk.rename(path, ports.files.pathOf(clip.sha256));
  if (leavesNothing.has(outcome)) await ports.disk.remove(path);
  return outcome;
};

const hashSoFar = async (file: DiskFile, hash: Hash): Promise<void> => {
  for (let offset = 0; offset < file.size(); offset += READ_BYTES) {
    hash.update(await file.read(offset, READ_BYTES));
  }
};

/** After these nothing of the clip is worth keeping, or there is no room to keep it. */
const leavesNothing: ReadonlySet<DownloadOutcome> = new Set([
  'wrongBytes',
  'cannotResume',
  'diskFull',
]);

const receive = async (
  ports: DownloadPorts,
  clip: ClipReference,
  part: ClipPart,
): Promise<DownloadOutcome> => {
  if (part.file.size() < clip.bytes) {
    const outcome = await fetchRest(ports, clip, part);
    if (outcome !== 'stored') return outcome;
  }
  const isClip = part.file.size() === clip.bytes && part.hash.digest('hex') === clip.sha256;
  if (!isClip) return 'wrongBytes';
  return (await part.file.sync()).ok ? 'stored' : 'diskFull';
};
