import type { Clock, Entropy, Timer } from '#runtime/clock.ts';
import type { ClipReference } from '#schemas/playlist.ts';
import type { Sha256 } from '#schemas/primitives.ts';
import type { DownloadOutcome } from './download-ports.ts';

const FIRST_RETRY_MS = 1_000;
const MAX_RETRY_MS = 300_000;
/** A try comes up to so much of its wait earlier, so that a village does not come back as one. */
const MAX_EARLIER_PART = 0.5;
const BYTE_VALUES = 256;

/** A random part of one, in [0, 1). */
const partOf = (entropy: Entropy): number => (entropy.bytes(1)[0] ?? 0) / BYTE_VALUES;

export interface ClipLoaderOptions {
  readonly clock: Clock;
  readonly entropy: Entropy;
  /** The next clip to fetch that is not among those that were tried. */
  readonly nextMissing: (tried: ReadonlySet<Sha256>) => ClipReference | undefined;
  readonly fetchClip: (clip: ClipReference) => Promise<DownloadOutcome>;
  readonly track: (work: Promise<unknown>) => void;
}

/** Fetches what is missing, one clip at a time, and tries again later what failed. */
export interface ClipLoader {
  load(): void;
  /** Tries again at once. */
  retryNow(): void;
  stop(): void;
}

/** A loader at rest. */
export const createClipLoader = (options: ClipLoaderOptions): ClipLoader => {
  const { clock, entropy } = options;
  let isLoading = false;
  let isStopped = false;
  let failures = 0;
  let retry: Timer | undefined;
  const next = (tried: ReadonlySet<Sha256>) => (isStopped ? undefined : options.nextMissing(tried));
  const loadMissing = async () => {
    const tried = new Set<Sha256>();
    let failed = false;
    for (let clip = next(tried); clip !== undefined; clip = next(tried)) {
      tried.add(clip.sha256);
      const outcome = await options.fetchClip(clip);
      if (outcome === 'stored') failures = 0;
      else failed = true;
      if (outcome === 'unreachable' || outcome === 'diskFull') break;
    }
    isLoading = false;
    if (failed && !isStopped) retryLater();
  };
  const load = () => {
    if (isLoading || next(new Set()) === undefined) return;
    retry?.cancel();
    isLoading = true;
    options.track(loadMissing());
  };
  const retryLater = () => {
    const longestMs = Math.min(FIRST_RETRY_MS * 2 ** failures, MAX_RETRY_MS);
    const delayMs = longestMs * (1 - partOf(entropy) * MAX_EARLIER_PART);
    failures += 1;
    retry = clock.at(clock.positionMs() + delayMs, load);
  };
  return {
    load,
    retryNow: () => {
      failures = 0;
      load();
    },
    stop: () => {
      isStopped = true;
      retry?.cancel();
    },
  };
};
