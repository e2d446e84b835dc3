import { type Envelope, envelopeSchema } from '#schemas/envelope.ts';
import type { Problem, ProblemOf } from '#schemas/problem.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import { type ChainHead, emptyChain, followChain } from './log-chain.ts';
import { type LogTools, openRecord, parseJson } from './open-record.ts';

/** A log that holds so far. */
export interface LogSummary {
  readonly site: string | null;
  readonly speaker: string | null;
  /** The number of its first record; what was before it was removed or is not at hand. */
  readonly firstSeq: number;
  readonly records: number;
  readonly boots: number;
  readonly broadcasts: number;
  /** The first and the last anchored instant that the log names, in epoch milliseconds. */
  readonly firstWallMs: number | null;
  readonly lastWallMs: number | null;
  readonly head: ChainHead;
}

/** The first record that does not hold; `line` counts from 1. */
export interface LogFinding {
  readonly line: number;
  readonly problem: Problem;
}

/** The summary of a log of which no line has been read, and whose first record must follow `head`. */
export const logFrom = (head: ChainHead): LogSummary => ({
  site: null,
  speaker: null,
  firstSeq: head.seq + 1,
  records: 0,
  boots: 0,
  broadcasts: 0,
  firstWallMs: null,
  lastWallMs: null,
  head,
});

/**
 * What a log is after one more line: what was altered, taken out, put in twice or reordered is found
 * at its line. Errors: recordTorn (not an envelope), keyUnknown,
 * purposeWrong, envelopeInvalid, signatureWrong, payloadInvalid, wrongSpeaker, sequenceMissing,
 * sequenceConflict, chainBroken. Source: AIRTIME.md, 2.
 */
export const followLog = (
  before: LogSummary,
  line: string,
  tools: LogTools,
): Result<LogSummary, LogFinding> => {
  const at = before.records + 1;
  const envelope = lineToEnvelope(line, at);
  if (!envelope.ok) return refuse({ line: at, problem: envelope.problem });
  const opened = openRecord(envelope.value, tools);
  if (!opened.ok) return refuse({ line: at, problem: opened.problem });
  const { record, hash } = opened.value;
  if (before.speaker !== null && record.speaker !== before.speaker) {
    const problem = {
      code: 'wrongSpeaker',
      expected: before.speaker,
      found: record.speaker,
    } as const;
    return refuse({ line: at, problem });
  }
  const head = followChain(before.head, record, hash);
  return head.ok
    ? ok(summaryAfter(before, record, head.value))
    : refuse({ line: at, problem: head.problem });
};

/** The summary of all lines of a log that begins with record 1, or the first finding. */
export const verifyLog = (
  lines: Iterable<string>,
  tools: LogTools,
): Result<LogSummary, LogFinding> => {
  let summary = logFrom(emptyChain);
  for (const line of lines) {
    const next = followLog(summary, line, tools);
    if (!next.ok) return next;
    summary = next.value;
  }
  return ok(summary);
};

/** The envelope of a line. Errors: recordTorn. */
export const lineToEnvelope = (
  line: string,
  at: number,
): Result<Envelope, ProblemOf<'recordTorn'>> => {
  const parsed = envelopeSchema.safeParse(parseJson(line));
  return parsed.success ? ok(parsed.data) : refuse({ code: 'recordTorn', line: at });
};

const summaryAfter = (before: LogSummary, record: LogRecord, head: ChainHead): LogSummary => {
  const wallMs = record.kind === 'clock' ? record.anchor.wallMs : null;
  return {
    site: record.site,
    speaker: record.speaker,
    firstSeq: before.firstSeq,
    records: before.records + 1,
    boots: before.boots + (record.kind === 'boot' ? 1 : 0),
    broadcasts: before.broadcasts + (record.kind === 'ended' ? 1 : 0),
    firstWallMs: before.firstWallMs ?? wallMs,
    lastWallMs: wallMs ?? before.lastWallMs,
    head,
  };
};
