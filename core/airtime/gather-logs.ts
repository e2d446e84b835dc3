import { canonicalJson } from '#core/canonical-json.ts';
import { emptyChain } from '#core/log-chain.ts';
import type { FileFinding } from '#schemas/files/answers.ts';
import type { Id } from '#schemas/primitives.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import { type LineReader, type ReadLine, readLogLine } from './read-log-line.ts';
import { createShareText, withSharedTexts } from './shared-texts.ts';

/** The checked records of each speaker, ascending, and everything that was wrong with the file. */
export interface GatheredLogs {
  readonly bySpeaker: ReadonlyMap<Id, readonly LogRecord[]>;
  readonly findings: readonly FileFinding[];
}

/** Takes the lines of a log file one by one, then gives the logs. */
export interface LogGatherer {
  /** A line of the file; null for one that was too long to be read. */
  take(line: string | null): void;
  close(): GatheredLogs;
}

/**
 * Turns a file with the records of any number of speakers, in any order, into the logs that verdicts
 * are made from. Equal repetitions count once; missing numbers stay missing. A bad signature, two
 * contents under one number, and a record that does not name the hash of the one before it are
 * findings, and the speaker's log counts as ending before them. The chain is followed between
 * envelopes: the bytes that were signed as a plain record are not known. Source: AIRTIME.md, 2.
 */
export const createLogGatherer = (reader: LineReader): LogGatherer => {
  const kept = new Map<Id, KeptLine[]>();
  const findings: FileFinding[] = [];
  const endsBefore = new Map<Id, number>();
  const share = createShareText();
  let line = 0;
  return {
    take: (text) => {
      line += 1;
      if (text?.trim() === '') return;
      const read = readLogLine(text, reader);
      if (read.ok) {
        const { record, hash } = read.value;
        keep(kept, { record: withSharedTexts(record, share), hash, line });
        return;
      }
      const { endsLog, ...finding } = read.problem;
      findings.push({ ...finding, line });
      if (endsLog) endBefore(endsBefore, finding);
    },
    close: () => {
      const bySpeaker = new Map<Id, readonly LogRecord[]>();
      for (const [speaker, lines] of kept) {
        const until = endsBefore.get(speaker) ?? Number.POSITIVE_INFINITY;
        bySpeaker.set(speaker, followLines(lines, until, findings));
      }
      return { bySpeaker, findings };
    },
  };
};

interface KeptLine extends ReadLine {
  readonly line: number;
}

const keep = (kept: Map<Id, KeptLine[]>, line: KeptLine): void => {
  const known = kept.get(line.record.speaker);
  if (known === undefined) kept.set(line.record.speaker, [line]);
  else known.push(line);
};

const endBefore = (
  endsBefore: Map<Id, number>,
  { speaker, seq }: Pick<FileFinding, 'speaker' | 'seq'>,
): void => {
  if (speaker === null || seq === null) return;
  endsBefore.set(speaker, Math.min(seq, endsBefore.get(speaker) ?? seq));
};

/** The records up to, and without, `until` and the first that does not fit; findings are added. */
const followLines = (
  lines: readonly KeptLine[],
  until: number,
  findings: FileFinding[],
): readonly LogRecord[] => {
  const followed: KeptLine[] = [];
  for (const next of [...lines].sort((a, b) => a.record.seq - b.record.seq || a.line - b.line)) {
    if (next.record.seq >= until) break;
    const last = followed.at(-1);
    if (last?.record.seq === next.record.seq && isSame(last, next)) continue;
    const code = misfit(last, next);
    if (code === undefined) {
      followed.push(next);
      continue;
    }
    const { speaker, seq } = next.record;
    findings.push({ code, speaker, seq, line: next.line, detail: null });
    if (code === 'sequenceConflict') followed.pop();
    break;
  }
  return followed.map(({ record }) => record);
};

const isSame = (a: KeptLine, b: KeptLine): boolean =>
  a.hash !== null && b.hash !== null
    ? a.hash === b.hash
    : canonicalJson(a.record) === canonicalJson(b.record);

const misfit = (
  last: KeptLine | undefined,
  next: KeptLine,
): 'sequenceConflict' | 'chainBroken' | undefined => {
  const { seq, prev } = next.record;
  if (last?.record.seq === seq) return 'sequenceConflict';
  if (next.hash === null) return undefined;
  const before = last ?? { record: emptyChain, hash: emptyChain.hash };
  if (before.record.seq !== seq - 1 || before.hash === null) return undefined;
  return before.hash === prev ? undefined : 'chainBroken';
};
