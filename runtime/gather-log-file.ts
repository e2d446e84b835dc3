import { createLogGatherer, type GatheredLogs } from '#core/airtime/gather-logs.ts';
import type { LineReader, SpeakerKey } from '#core/airtime/read-log-line.ts';
import type { UnitsFile } from '#schemas/files/judged-files.ts';
import { MAX_LOG_FILE_LINES, MAX_LOG_LINE_BYTES } from '#schemas/files/judged-files.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import { logTools } from './open-record.ts';
import { readLines } from './read-lines.ts';
import { byteCodec, sha256 } from './signing.ts';
import { isUnreadable } from './unreadable.ts';

/** Why the logs of a file cannot be had at all. */
export type LogFileProblem = ProblemOf<'fileUnreadable' | 'logFileTooLong'>;

/**
 * The logs of all speakers in a file of one record a line, in any order; with `unsigned`, signatures
 * are not checked. The file is read line by line, and what is kept of it is bounded by
 * `MAX_LOG_FILE_LINES`. Errors: fileUnreadable, logFileTooLong; what is wrong inside is a finding.
 */
export const gatherLogFile = async (
  path: string,
  speakers: UnitsFile['speakers'],
  unsigned: boolean,
): Promise<Result<GatheredLogs, LogFileProblem>> => {
  const gatherer = createLogGatherer(lineReader(speakers, unsigned));
  let lines = 0;
  try {
    for await (const line of readLines(path, MAX_LOG_LINE_BYTES)) {
      lines += 1;
      if (lines > MAX_LOG_FILE_LINES) {
        return refuse({ code: 'logFileTooLong', path, most: MAX_LOG_FILE_LINES });
      }
      gatherer.take(line);
    }
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    return refuse({ code: 'fileUnreadable', path });
  }
  return ok(gatherer.close());
};

const lineReader = (speakers: UnitsFile['speakers'], unsigned: boolean): LineReader => ({
  speakers: new Set(speakers.map(({ speaker }) => speaker)),
  keys: unsigned ? null : new Map(speakers.flatMap(keyOf)),
  tools: { codec: byteCodec, hash: sha256, bytesToText },
});

const bytesToText = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

const keyOf = ({ speaker, publicKey }: UnitsFile['speakers'][number]): [string, SpeakerKey][] => {
  if (publicKey === null) return [];
  const tools = logTools(Buffer.from(publicKey, 'base64'));
  return [[tools.keyId, { speaker, tools }]];
};
