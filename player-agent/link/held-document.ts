import { judgeRevision, type Revisioned } from '#core/playback/accept-revision.ts';
import type { RefusalReason } from '#schemas/records/reasons.ts';
import type { Disk } from '../ports/disk.ts';

/** The newest signed document of one kind that this speaker has taken. */
export interface HeldDocument<T extends Revisioned> {
  value(): T | null;
  /** Takes it when it is newer and on disk, byte for byte as it came. */
  offer(
    next: T,
    bytes: Uint8Array,
  ): Promise<
    'accept' | 'same' | 'diskFull' | Extract<RefusalReason, 'wrongSpeaker' | 'oldRevision'>
  >;
}

export interface HeldDocumentOptions<T extends Revisioned> {
  readonly disk: Disk;
  readonly path: string;
  readonly who: { readonly site: string; readonly speaker: string };
  /** Reads the bytes as they came and checks their signature; undefined when they do not hold. */
  readonly open: (bytes: Uint8Array) => T | undefined;
}

/** The document that was held at the last stop, checked again, and what follows it. */
export const openHeldDocument = async <T extends Revisioned>(
  options: HeldDocumentOptions<T>,
): Promise<HeldDocument<T>> => {
  const { disk, path, who } = options;
  const stored = await disk.read(path);
  const opened = stored === undefined ? undefined : options.open(stored);
  let held: { readonly value: T; readonly bytes: Uint8Array } | null = null;
  if (stored !== undefined && opened !== undefined) held = { value: opened, bytes: stored };
  return {
    value: () => held?.value ?? null,
    offer: async (next, bytes) => {
      const isSameBytes = held !== null && Buffer.compare(held.bytes, bytes) === 0;
      const revision = held?.value.revision;
      const before = revision === undefined ? null : { revision, isSameBytes };
      const judged = judgeRevision(next, who, before);
      if (judged !== 'accept') return judged;
      if (!(await disk.write(path, bytes)).ok) return 'diskFull';
      held = { value: next, bytes };
      return 'accept';
    },
  };
};
