import type { Entropy } from '#runtime/clock.ts';
import type { Logger } from '#runtime/logger.ts';
import type { ClipReference } from '#schemas/playlist.ts';
import type { Sha256 } from '#schemas/primitives.ts';
import { createExclusive } from '../exclusive.ts';
import type { Disk } from '../ports/disk.ts';
import type { ClipFiles } from './clip-files.ts';
import { createClipLoader } from './clip-loader.ts';
import { downloadClip } from './download.ts';
import type { DownloadPorts } from './download-ports.ts';
import { evictClips } from './evict-clips.ts';
import { openNeedOrder } from './need-order.ts';

/** How often everything that is needed is read and hashed, in milliseconds. */
export const INSPECT_EVERY_MS = 21_600_000;

/** Clips up to this size are hashed before every session, larger ones once in each run. */
export const CHEAP_HASH_BYTES = 16_777_216;

/** The clips that the speaker's playlists need, on its own disk. */
export interface ClipCache {
  /** What is needed from now on, the earliest first; everything else may go. */
  need(clips: readonly ClipReference[]): Promise<void>;
  /** Whether the clip is on disk, as far as was seen. */
  has(sha256: Sha256): boolean;
  /** The file, its bytes checked; undefined when they are not the clip's: it is fetched again. */
  verified(clip: ClipReference): Promise<string | undefined>;
  /**
   * Reads what is needed, one clip after the other, unless that was done not long ago: a disk that goes
   * bad is noticed while there is time to fetch.
   */
  inspect(): Promise<void>;
  /** Tries again at once what could not be fetched. */
  retryNow(): void;
  /** What is needed and not on disk, the earliest first. */
  missing(): readonly ClipReference[];
  counts(): { readonly needed: number; readonly present: number };
  stop(): void;
}

export interface ClipCacheOptions extends DownloadPorts {
  readonly maxBytes: number;
  readonly logger: Logger;
  readonly entropy: Entropy;
  readonly track: (work: Promise<unknown>) => void;
  /** A clip came, or was found to be wrong. */
  readonly onChange: () => void;
}

/** A cache over the clips that are on disk already. */
export const openClipCache = async (options: ClipCacheOptions): Promise<ClipCache> => {
  const { disk, files, clock, track } = options;
  const present = await presentClips(disk, files);
  const order = await openNeedOrder(disk, `${files.folder}.json`);
  const exclusive = createExclusive();
  let inspectAtMs = clock.positionMs() + INSPECT_EVERY_MS;
  const hashed = new Set<Sha256>();
  let needed: readonly ClipReference[] = [];
  let loading: Sha256 | null = null;
  const loader = createClipLoader({
    clock,
    entropy: options.entropy,
    track,
    nextMissing: (tried) => needed.find(({ sha256 }) => !present.has(sha256) && !tried.has(sha256)),
    fetchClip: async (clip) => {
      loading = clip.sha256;
      await exclusive(() => makeRoom(clip.bytes));
      const outcome = await downloadClip(options, clip);
      loading = null;
      options.logger.info({ event: 'clipFetched', sha256: clip.sha256, outcome });
      if (outcome === 'stored') {
        present.set(clip.sha256, clip.bytes);
        hashed.add(clip.sha256);
      }
      options.onChange();
      return outcome;
    },
  });
  const isWhole = async (clip: ClipReference): Promise<boolean> => {
    try {
      return await files.isWhole(clip);
    } catch (error) {
      // A disk that cannot read the clip has none.
      options.logger.error({ event: 'clipUnreadable', sha256: clip.sha256, error: String(error) });
      return false;
    }
  };
  const discard = async (sha256: Sha256) => {
    await disk.remove(files.pathOf(sha256));
    present.delete(sha256);
    hashed.delete(sha256);
    options.onWrongBytes(sha256);
    loader.load();
  };
  const makeRoom = async (roomBytes: number) => {
    const { maxBytes } = options;
    const { rankOf } = order;
    const input = { disk, files, needed, loading, maxBytes, roomBytes, rankOf };
    for (const sha256 of await evictClips(input)) present.delete(sha256);
  };
  const need = async (clips: readonly ClipReference[]) => {
    needed = clips;
    const wrong = clips.filter(({ sha256, bytes }) => (present.get(sha256) ?? bytes) !== bytes);
    for (const { sha256 } of wrong) await discard(sha256);
    const hashes = clips.map(({ sha256 }) => sha256);
    await order.note(hashes, new Set(present.keys()));
    await makeRoom(0);
    loader.load();
  };
  const isKept = ({ sha256 }: ClipReference) =>
    present.has(sha256) && needed.some((clip) => clip.sha256 === sha256);
  const inspectOne = async (clip: ClipReference) => {
    // Whatever is needed anew meanwhile does not wait for a long clip to be read.
    if (!isKept(clip) || (await isWhole(clip))) return;
    await exclusive(async () => {
      if (!isKept(clip) || (await isWhole(clip))) return;
      await discard(clip.sha256);
      options.onChange();
    });
  };
  return {
    need: (clips) => exclusive(() => need(clips)),
    inspect: async () => {
      if (clock.positionMs() < inspectAtMs) return;
      inspectAtMs = clock.positionMs() + INSPECT_EVERY_MS;
      for (const clip of needed) await inspectOne(clip);
    },
    has: (sha256) => present.has(sha256),
    verified: async (clip) => {
      if (!present.has(clip.sha256)) return undefined;
      const isCheap = clip.bytes <= CHEAP_HASH_BYTES;
      const isKnown = hashed.has(clip.sha256) && !isCheap;
      if (!isKnown && !(await isWhole(clip))) {
        await discard(clip.sha256);
        return undefined;
      }
      hashed.add(clip.sha256);
      return files.pathOf(clip.sha256);
    },
    retryNow: loader.retryNow,
    missing: () => needed.filter(({ sha256 }) => !present.has(sha256)),
    counts: () => ({
      needed: needed.length,
      present: needed.filter(({ sha256 }) => present.has(sha256)).length,
    }),
    stop: loader.stop,
  };
};

const presentClips = async (disk: Disk, files: ClipFiles): Promise<Map<Sha256, number>> => {
  const clips = (await disk.list(files.folder)).filter(({ name }) => name.endsWith('.clip'));
  return new Map(clips.map(({ name, bytes }) => [name.slice(0, -'.clip'.length), bytes]));
};
