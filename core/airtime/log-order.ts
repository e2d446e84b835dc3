import { canonicalJson } from '#core/canonical-json.ts';
import type { Id } from '#schemas/primitives.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import type { LogFinding } from '#schemas/verdict.ts';

/** A speaker's records, ascending, each number once, with what was wrong with them. */
export interface OrderedLog {
  readonly records: readonly LogRecord[];
  readonly findings: readonly LogFinding[];
}

/**
 * The records in order of their numbers, whatever the order of arrival. Equal repetitions count
 * once. Two contents under one number end the log before it; a record of another speaker is left
 * out; both are findings. Source: AIRTIME.md, 2 ("Two contents under one sequence number …").
 */
export const orderLog = (speaker: Id, log: readonly LogRecord[]): OrderedLog => {
  const findings: LogFinding[] = [];
  const records: LogRecord[] = [];
  for (const record of ascending(log)) {
    const last = records.at(-1);
    if (record.speaker !== speaker) {
      findings.push({ code: 'wrongSpeaker', speaker, seq: record.seq });
    } else if (last === undefined || last.seq !== record.seq) {
      records.push(record);
    } else if (canonicalJson(last) !== canonicalJson(record)) {
      records.pop();
      findings.push({ code: 'sequenceConflict', speaker, seq: record.seq });
      return { records, findings };
    }
  }
  return { records, findings };
};

const ascending = (log: readonly LogRecord[]): readonly LogRecord[] =>
  log.every((record, index) => index === 0 || record.seq >= (log[index - 1]?.seq ?? 0))
    ? log
    : [...log].sort((a, b) => a.seq - b.seq);
