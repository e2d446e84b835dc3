import { spawnSync } from 'node:child_process';
import * as z from 'zod';

/** Whether system calls of a process can be watched here. */
export const canTrace = (): boolean =>
  process.platform === 'linux' && spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;

/** Words before a program that let its writes and syncs be written to a file; its pid stays its own. */
export const tracedTo = (path: string): string[] => [
  ...['strace', '-D', '-f', '-y', '-qq', '-s', '1000000', '-o', path],
  ...['-e', 'trace=write,writev,pwrite64,sendto,sendmsg,fdatasync,fsync'],
];

/** What a process did with records, in its order. */
export interface RecordCall {
  readonly did: 'wrote' | 'synced' | 'sent';
  /** The numbers of the records in what was written or sent. */
  readonly seqs: readonly number[];
}

const placeSchema = z.object({ seq: z.int(), prev: z.string() });

const CALL = /^(\d+) +(?:(\w+)\(|<\.\.\. (\w+) resumed>)(.*)$/;

/** The calls of a trace that concern the segments of a log, or bring records to a socket. */
export const recordCalls = (trace: string): RecordCall[] => {
  const begun = new Map<string, string>();
  return trace.split('\n').flatMap((line) => {
    const [, pid = '', name, resumed, rest = ''] = CALL.exec(line) ?? [];
    if (name !== undefined && rest.endsWith('<unfinished ...>')) {
      begun.set(pid, rest);
      // What is sent may arrive before the call returns; what is written counts once it has.
      return /<(?:TCP|socket)/.test(rest) ? callOf(name, rest) : [];
    }
    if (resumed === undefined) return callOf(name ?? '', rest);
    const whole = begun.get(pid) ?? '';
    return /<(?:TCP|socket)/.test(whole) ? [] : callOf(resumed, whole);
  });
};

const callOf = (name: string, words: string): RecordCall[] => {
  const isLog = /^\d+<[^>]*\/records-\d+\.ndjson>/.test(words);
  if (isLog && name.endsWith('sync')) return [{ did: 'synced', seqs: [] }];
  const seqs = seqsIn(words);
  if (seqs.length === 0) return [];
  if (isLog) return [{ did: 'wrote', seqs }];
  return /^\d+<(?:TCP|socket)/.test(words) ? [{ did: 'sent', seqs }] : [];
};

const seqsIn = (words: string): number[] =>
  [...words.matchAll(/payload\\":\\"([A-Za-z0-9+/=]+)/g)].flatMap(([, payload = '']) => {
    const place = placeSchema.safeParse(parse(Buffer.from(payload, 'base64').toString('utf8')));
    return place.success ? [place.data.seq] : [];
  });

/** Which records were sent, and which of them before a sync that came after they were written. */
export const sentRecords = (calls: readonly RecordCall[]) => {
  const written: number[] = [];
  const synced = new Set<number>();
  const sent: number[] = [];
  const tooEarly: number[] = [];
  for (const { did, seqs } of calls) {
    if (did === 'wrote') written.push(...seqs);
    else if (did === 'synced') for (const seq of written) synced.add(seq);
    else {
      sent.push(...seqs);
      tooEarly.push(...seqs.filter((seq) => !synced.has(seq)));
    }
  }
  return { sent, tooEarly };
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    // Another signed message: no record.
    return undefined;
  }
};
