import type { HeldClip } from '#content/ports.ts';
import { breathe } from '#runtime/clock.ts';
import type { Sha256 } from '#schemas/primitives.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import { MAX_LIST, type Store } from '../ports/store.ts';

/** A clip that does not stand as it should, and the bulletins that would sound with it, or were made of it. */
export interface BadClip {
  readonly sha256: Sha256;
  readonly problem: 'clipMissing' | 'clipCorrupt';
  readonly bulletins: readonly { readonly id: string; readonly title: string }[];
}

/** What was found in the store of clips. */
export interface ClipCheck {
  /** Clips that stand and are what their hash says. */
  readonly whole: number;
  readonly bad: readonly BadClip[];
  /** What is held and belongs to no bulletin. */
  readonly unreferenced: { readonly clips: number; readonly bytes: number };
}

type Ports = Pick<ServerPorts, 'store' | 'clips'>;

/**
 * Reads every clip that a bulletin has, and every recording that one was made of, and holds it
 * against its hash; nothing is changed.
 */
export const checkClips = async ({ store, clips }: Ports): Promise<ClipCheck> => {
  const known = await referred(store);
  const bad: BadClip[] = [];
  for (const sha256 of known) {
    const verified = await clips.verify(sha256);
    if (verified.ok) continue;
    const bulletins = await bulletinsWith(store, sha256);
    bad.push({ sha256, problem: verified.problem.code, bulletins });
  }
  const unreferenced = await unreferencedIn({ store, clips });
  const bytes = unreferenced.reduce((sum, each) => sum + each.bytes, 0);
  return {
    whole: known.length - bad.length,
    bad,
    unreferenced: { clips: unreferenced.length, bytes },
  };
};

const bulletinsWith = async (store: Store, sha256: Sha256): Promise<BadClip['bulletins']> => {
  const found: BadClip['bulletins'][number][] = [];
  for (const bulletin of await store.bulletins()) {
    const { id, title, clip } = bulletin;
    const isOf = clip === sha256 || (await store.makingOf(bulletin))?.original?.sha256 === sha256;
    if (isOf) found.push({ id, title });
  }
  return found;
};

/** What bulletins sound with, and the recordings that was made of. */
const referred = async (store: Store): Promise<readonly Sha256[]> => {
  const clips = (await store.everyClip()).map(({ sha256 }) => sha256);
  return [...clips, ...(await store.originals())];
};

const unreferencedIn = async ({ store, clips }: Ports): Promise<readonly HeldClip[]> => {
  const known = new Set(await referred(store));
  const found: HeldClip[] = [];
  for await (const held of clips.list()) if (!known.has(held.sha256)) found.push(held);
  return found;
};

/** What became of the clips that belong to no bulletin. */
export interface ClipsCleaned {
  readonly removed: number;
  readonly removedBytes: number;
  /** Younger than a day, or just put again: perhaps their bulletin is being made. */
  readonly keptRecent: number;
  /** A speaker's log names them: they are evidence. */
  readonly keptForLogs: number;
}

const RECENT_MS = 24 * 3_600_000;

/** What a cleaning works with; `wasPut` tells what the server beside it has put of late. */
export type CleaningPorts = Ports &
  Pick<ServerPorts, 'clock'> & { readonly wasPut?: (sha256: Sha256) => boolean };

/**
 * Removes what is held and belongs to no bulletin, but nothing that a speaker's log names, nothing of
 * the last day, and nothing that `wasPut`. Without that, no server may be working with the store
 * meanwhile. Source: issue 6, 7; ADR 0025.
 */
export const cleanClips = async (ports: CleaningPorts): Promise<ClipsCleaned> => {
  const { store, clips, clock, wasPut = () => false } = ports;
  const unreferenced = await unreferencedIn(ports);
  const latestMs = clock.wallMs() - RECENT_MS;
  const old = unreferenced.filter(({ changedMs }) => changedMs < latestMs);
  const named = await namedInLogs(store, new Set(old.map(({ sha256 }) => sha256)));
  const removed: HeldClip[] = [];
  const unnamed = old.filter(({ sha256 }) => !named.has(sha256));
  for (const held of unnamed) {
    if (wasPut(held.sha256)) continue;
    await clips.remove(held.sha256);
    removed.push(held);
  }
  return {
    removed: removed.length,
    removedBytes: removed.reduce((sum, { bytes }) => sum + bytes, 0),
    keptRecent: unreferenced.length - old.length + unnamed.length - removed.length,
    keptForLogs: named.size,
  };
};

/** One look at a record finds all that it names, however many are looked for. */
const HASH = /(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/g;

/** Those of the hashes that stand anywhere in a record of any speaker. */
const namedInLogs = async (
  store: Store,
  hashes: ReadonlySet<Sha256>,
): Promise<ReadonlySet<Sha256>> => {
  const named = new Set<Sha256>();
  if (hashes.size === 0) return named;
  for (const { id } of await store.speakers()) {
    const { seq: last } = await store.logHead(id);
    for (let from = 1; from <= last; from += MAX_LIST) {
      const records = await store.records(id, from, from + MAX_LIST - 1);
      const text = JSON.stringify(records.map(({ record }) => record));
      for (const [hash] of text.matchAll(HASH)) if (hashes.has(hash)) named.add(hash);
      await breathe();
    }
  }
  return named;
};
