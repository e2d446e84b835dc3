import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { LOG_START_NAME, SINGLE_LOG_NAME, segmentFirstSeq } from './log-segments.ts';

/** The files of one log, in the order of their records. */
export interface LogFiles {
  readonly segments: readonly string[];
  /** Where the speaker signed which records it removed; null when no such file was named. */
  readonly start: string | null;
  /** The number with which the files claim to begin, when they are named as part of a log. */
  readonly partFromSeq: number | null;
}

/**
 * The files behind paths: a file is itself, in the order given; a folder is the segments in it, and
 * what the speaker signed of those that it removed. A folder is taken for a whole log, files for
 * what their names say. Throws what the file system throws.
 */
export const findLogFiles = async (paths: readonly string[]): Promise<LogFiles> => {
  const segments: string[] = [];
  let start: string | null = null;
  let isWhole = false;
  for (const path of paths) {
    const isFolder = (await stat(path)).isDirectory();
    isWhole ||= isFolder;
    for (const each of isFolder ? await filesIn(path) : [path]) {
      if (basename(each) === LOG_START_NAME) start = each;
      else segments.push(each);
    }
  }
  const claimed = segments[0] === undefined ? undefined : segmentFirstSeq(basename(segments[0]));
  const isPart = !isWhole && start === null && claimed !== undefined && claimed > 1;
  return { segments, start, partFromSeq: isPart ? claimed : null };
};

const filesIn = async (folder: string): Promise<string[]> => {
  const places = (await readdir(folder)).flatMap((name) => {
    const place = name === LOG_START_NAME || name === SINGLE_LOG_NAME ? 0 : segmentFirstSeq(name);
    return place === undefined ? [] : [{ name, place }];
  });
  return places.sort((a, b) => a.place - b.place).map(({ name }) => join(folder, name));
};
