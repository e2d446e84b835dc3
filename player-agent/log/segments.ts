import { join } from 'node:path';
import { SINGLE_LOG_NAME, segmentFirstSeq, segmentName } from '#runtime/log-segments.ts';
import { ok, type Result } from '#schemas/result.ts';
import { refuseWhenFull } from '../disk/disk-problem.ts';
import type { Disk, DiskFile, DiskFull } from '../ports/disk.ts';

/** A file of the log, by the number of the record with which it begins. */
export interface Segment {
  readonly firstSeq: number;
  readonly file: DiskFile;
}

/**
 * The files of the log in their order. Only the newest grows; of the others one at a time is open,
 * for reading, so that a log of any length costs the same.
 */
export interface Segments {
  /** The first numbers of all segments, ascending; there is always one. */
  readonly firstSeqs: readonly number[];
  newest(): DiskFile;
  /** A segment by its place in `firstSeqs`; good until the next one is asked for. */
  at(place: number): Promise<Segment>;
  /** The place of the segment in which a record lies, if any does. */
  placeOf(seq: number): number;
  /** From now on this is the newest segment. Errors: diskFull. */
  begin(firstSeq: number): Promise<Result<void, DiskFull>>;
  /** Takes the newest away, which holds no record, so that the one before is the newest again. */
  dropNewest(): Promise<void>;
  /** Takes the oldest away, never the newest. */
  dropOldest(): Promise<void>;
  close(): Promise<void>;
}

/** The segments in a folder; a log of one file, as it was once, becomes the first of them. */
export const openSegments = async (disk: Disk, folder: string): Promise<Segments> => {
  const firstSeqs = await findSegments(disk, folder);
  const pathOf = (firstSeq: number) => join(folder, segmentName(firstSeq));
  const open = async (firstSeq: number): Promise<Segment> => ({
    firstSeq,
    file: await disk.open(pathOf(firstSeq)),
  });
  let newest = await open(firstSeqs.at(-1) ?? 1);
  let older: Segment | undefined;
  const closeOlder = async () => {
    await older?.file.close();
    older = undefined;
  };
  return {
    firstSeqs,
    newest: () => newest.file,
    at: async (place) => {
      const firstSeq = firstSeqs[place] ?? newest.firstSeq;
      if (firstSeq === newest.firstSeq) return newest;
      if (older?.firstSeq === firstSeq) return older;
      await closeOlder();
      older = await open(firstSeq);
      return older;
    },
    placeOf: (seq) =>
      Math.max(
        0,
        firstSeqs.findLastIndex((firstSeq) => firstSeq <= seq),
      ),
    begin: async (firstSeq) => {
      try {
        const begun = await open(firstSeq);
        await newest.file.close();
        newest = begun;
        firstSeqs.push(firstSeq);
        return ok(undefined);
      } catch (error) {
        return refuseWhenFull(error, pathOf(firstSeq));
      }
    },
    dropNewest: async () => {
      await closeOlder();
      await newest.file.close();
      await disk.remove(pathOf(newest.firstSeq));
      firstSeqs.pop();
      newest = await open(firstSeqs.at(-1) ?? 1);
    },
    dropOldest: async () => {
      if (firstSeqs.length < 2) return;
      await closeOlder();
      await disk.remove(pathOf(firstSeqs[0] ?? 1));
      firstSeqs.shift();
    },
    close: async () => {
      await closeOlder();
      await newest.file.close();
    },
  };
};

const findSegments = async (disk: Disk, folder: string): Promise<number[]> => {
  const names = (await disk.list(folder)).map(({ name }) => name);
  const firstSeqs = names
    .map(segmentFirstSeq)
    .filter((firstSeq) => firstSeq !== undefined)
    .sort((a, b) => a - b);
  if (firstSeqs.length > 0) return firstSeqs;
  if (names.includes(SINGLE_LOG_NAME)) {
    await disk.rename(join(folder, SINGLE_LOG_NAME), join(folder, segmentName(1)));
  }
  return [1];
};
