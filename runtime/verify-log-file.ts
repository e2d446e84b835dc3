import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { type ChainHead, emptyChain } from '#core/log-chain.ts';
import { headBefore, logStartForm } from '#core/log-start.ts';
import { type LogTools, openRecord } from '#core/open-record.ts';
import { openStatement } from '#core/open-statement.ts';
import {
  followLog,
  type LogFinding,
  type LogSummary,
  lineToEnvelope,
  logFrom,
} from '#core/verify-log.ts';
import { publicKeySchema } from '#schemas/envelope.ts';
import type { Problem } from '#schemas/problem.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import type { LogStart } from '#schemas/records/log-start.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import { withoutByteOrderMark } from './byte-order-mark.ts';
import { findLogFiles, type LogFiles } from './log-files.ts';
import { logTools } from './open-record.ts';
import { isUnreadable } from './unreadable.ts';

/** Files that hold together as one log, or as a part of one. */
export interface VerifiedLog extends LogSummary {
  /**
   * Where it begins: with the speaker's first record, after records that the speaker signed to have
   * removed, or in the middle, as files that are named as a part of a log may.
   */
  readonly begins: 'first' | 'removed' | 'part';
  readonly files: number;
}

/** The first record that does not hold, and in which file; `line` counts from 1 in that file. */
export interface LogFileFinding extends LogFinding {
  readonly path: string;
}

/** As `verifyLogFiles`, of one file or folder. */
export const verifyLogFile = (
  path: string,
  publicKey: string,
): Promise<Result<VerifiedLog, LogFileFinding>> => verifyLogFiles([path], publicKey);

/**
 * Checks a log against the speaker's public key (base64), line by line in bounded memory: one file,
 * several in their order, or a folder of segments. A summary, or the first line that was altered,
 * taken out, put in twice or reordered, also where one file ends and the next begins.
 * Errors (line 0): keyUnreadable, fileUnreadable; else those of `followLog` and `openStatement`.
 */
export const verifyLogFiles = async (
  paths: readonly string[],
  publicKey: string,
): Promise<Result<VerifiedLog, LogFileFinding>> => {
  const parsed = publicKeySchema.safeParse(publicKey.trim());
  if (!parsed.success) return found('--key', 0, { code: 'keyUnreadable', path: '--key' });
  const tools = logTools(Buffer.from(parsed.data, 'base64'));
  const [path = ''] = paths;
  try {
    const files = await findLogFiles(paths);
    if (files.segments.length === 0) return found(path, 0, { code: 'fileUnreadable', path });
    const start = await readStart(files.start, tools);
    return start.ok ? await followFiles(files, start.value, tools) : start;
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    const unreadable = pathOf(error) ?? path;
    return found(unreadable, 0, { code: 'fileUnreadable', path: unreadable });
  }
};

const found = (path: string, line: number, problem: Problem) => refuse({ path, line, problem });

const pathOf = (error: unknown): string | undefined =>
  error instanceof Error && 'path' in error && typeof error.path === 'string'
    ? error.path
    : undefined;

const readStart = async (
  path: string | null,
  tools: LogTools,
): Promise<Result<LogStart | undefined, LogFileFinding>> => {
  if (path === null) return ok(undefined);
  const envelope = lineToEnvelope(await readFile(path, 'utf8'), 1);
  const start = envelope.ok ? openStatement(envelope.value, logStartForm, tools) : envelope;
  return start.ok ? start : found(path, 1, start.problem);
};

const followFiles = async (
  files: LogFiles,
  start: LogStart | undefined,
  tools: LogTools,
): Promise<Result<VerifiedLog, LogFileFinding>> => {
  let summary: LogSummary | undefined;
  for await (const { path, line, text } of linesOf(files.segments)) {
    summary ??= logFrom(headOf(peek(text, tools), files, start));
    const next = followLog(summary, text, tools);
    if (!next.ok) return found(path, line, atLine(next.problem.problem, line));
    summary = next.value;
    const problem = contradiction(summary, start);
    if (problem !== undefined) return found(path, line, problem);
  }
  summary ??= logFrom(headOf(undefined, files, start));
  const begins = summary.firstSeq === 1 ? 'first' : start === undefined ? 'part' : 'removed';
  return ok({ ...summary, begins, files: files.segments.length });
};

async function* linesOf(paths: readonly string[]) {
  for (const path of paths) {
    let line = 0;
    for await (const text of createInterface({ input: createReadStream(path) })) {
      line += 1;
      yield { path, line, text: line === 1 ? withoutByteOrderMark(text) : text };
    }
  }
}

/** What a line says that it is, before it is held against anything. */
const peek = (text: string, tools: LogTools): LogRecord | undefined => {
  const envelope = lineToEnvelope(text, 1);
  const opened = envelope.ok ? openRecord(envelope.value, tools) : envelope;
  return opened.ok ? opened.value.record : undefined;
};

/** What the first record must follow. */
const headOf = (
  first: LogRecord | undefined,
  { partFromSeq }: LogFiles,
  start: LogStart | undefined,
): ChainHead => {
  if (partFromSeq === null) return headBefore(first, start);
  return first?.seq === partFromSeq ? { seq: first.seq - 1, hash: first.prev } : emptyChain;
};

/** Where a log that holds contradicts what its speaker signed of its beginning. */
const contradiction = (
  { head, speaker }: LogSummary,
  start: LogStart | undefined,
): Problem | undefined => {
  if (start === undefined) return undefined;
  if (speaker !== null && speaker !== start.speaker) {
    return { code: 'wrongSpeaker', expected: start.speaker, found: speaker };
  }
  const isOther = head.seq === start.seq && head.hash !== start.hash;
  return isOther ? { code: 'chainBroken', seq: head.seq } : undefined;
};

/** A torn line is counted in its file, not in the log. */
const atLine = (problem: Problem, line: number): Problem =>
  problem.code === 'recordTorn' ? { ...problem, line } : problem;
