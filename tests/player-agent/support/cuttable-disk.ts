import { truncateSync } from 'node:fs';
import type { Disk, DiskFile } from '#player-agent/ports/disk.ts';
import { refuse } from '#schemas/result.ts';

/** The machine's disk as a box on a pole has it: power goes while something is being written. */
export interface CuttableDisk extends Disk {
  /** Nothing is written or answered any more; of what was not synced a random part is left. */
  cut(): void;
  /** The cut comes inside the n-th append from now. */
  cutInAppend(count: number, then: () => void): void;
  /** The cut comes at the n-th operation from now, before it did anything or right after it. */
  cutAtOperation(count: number, when: 'before' | 'after', then: () => void): void;
  /** From now on nothing fits any more, or everything fits again. */
  setFull(isFull: boolean): void;
}

/** A cuttable disk over a real one; `random` gives numbers in [0, 1). */
export const createCuttableDisk = (disk: Disk, random: () => number): CuttableDisk => {
  let isCut = false;
  let isFull = false;
  let appendsLeft = Number.POSITIVE_INFINITY;
  let onCut: () => void = () => undefined;
  const unsynced = new Map<string, { readonly fromBytes: number; toBytes: number }>();
  const forever = <T>(): Promise<T> => new Promise<T>(() => undefined);
  let operationsLeft = Number.POSITIVE_INFINITY;
  let cutWhen: 'before' | 'after' = 'before';
  const alive = async <T>(work: () => Promise<T>): Promise<T> => {
    const goDark = () => {
      cut();
      onCut();
      return forever<T>();
    };
    if (isCut) return forever();
    operationsLeft -= 1;
    const isLast = operationsLeft === 0;
    if (isLast && cutWhen === 'before') return goDark();
    const value = await work();
    if (isLast && !isCut) return goDark();
    return isCut ? forever() : value;
  };
  const cut = () => {
    isCut = true;
    for (const [path, { fromBytes, toBytes }] of unsynced) {
      truncateSync(path, Math.floor(fromBytes + random() * (toBytes - fromBytes + 1)));
    }
    unsynced.clear();
  };
  const full = (path: string) => refuse({ code: 'diskFull', path } as const);
  const cuttableFile = (file: DiskFile, path: string): DiskFile => ({
    ...file,
    append: (bytes) =>
      alive(async () => {
        if (isFull) return full(path);
        const fromBytes = unsynced.get(path)?.fromBytes ?? file.size();
        const result = await file.append(bytes);
        unsynced.set(path, { fromBytes, toBytes: file.size() });
        appendsLeft -= 1;
        if (appendsLeft <= 0) {
          appendsLeft = Number.POSITIVE_INFINITY;
          cut();
          onCut();
        }
        return result;
      }),
    sync: () =>
      alive(async () => {
        const result = await file.sync();
        unsynced.delete(path);
        return result;
      }),
    read: (offset, length) => alive(() => file.read(offset, length)),
    truncate: (size) => alive(() => file.truncate(size)),
  });
  return {
    read: (path) => alive(() => disk.read(path)),
    write: (path, bytes) => alive(async () => (isFull ? full(path) : disk.write(path, bytes))),
    open: (path) => alive(async () => cuttableFile(await disk.open(path), path)),
    rename: (from, to) => alive(() => disk.rename(from, to)),
    remove: (path) => alive(() => disk.remove(path)),
    list: (folder) => alive(() => disk.list(folder)),
    space: (path) => alive(() => disk.space(path)),
    cut,
    cutInAppend: (count, then) => {
      appendsLeft = count;
      onCut = then;
    },
    cutAtOperation: (count, when, then) => {
      operationsLeft = count;
      cutWhen = when;
      onCut = then;
    },
    setFull: (next) => {
      isFull = next;
    },
  };
};
