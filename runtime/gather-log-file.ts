import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createLogGatherer, type GatheredLogs } from '#core/airtime/gather-logs.ts';
import type { LineReader, SpeakerKey } from '#core/airtime/read-log-line.ts';
import type { UnitsFile } from '#schemas/files/judged-files.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import { logTools } from './open-record.ts';
import { byteCodec, sha256 } from './signing.ts';
import { isUnreadable } from './unreadable.ts';

/**
 * The logs of all speakers in a file of one record a line, in any order; with `unsigned`, signatures
 * are not checked. Errors: fileUnreadable; what is wrong inside is a finding.
 */
export const gatherLogFile = async (
  path: string,
  speakers: UnitsFile['speakers'],
  unsigned: boolean,
): Promise<Result<GatheredLogs, ProblemOf<'fileUnreadable'>>> => {
  const gatherer = createLogGatherer(lineReader(speakers, unsigned));
  try {
    for await (const line of createInterface({ input: createReadStream(path) })) {
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
