import { type ChainHead, type ChainProblem, followChain } from '#core/log-chain.ts';
import { headBehindGap } from '#core/log-gap.ts';
import type { OpenedRecord, OpenRecordProblem } from '#core/open-record.ts';
import type { Envelope } from '#schemas/envelope.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { MAX_RECORDS_PER_MESSAGE, type RecordRange } from '#schemas/records/delivery.ts';
import type { LogGap } from '#schemas/records/log-gap.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';

export type RecordProblem =
  | OpenRecordProblem
  | ProblemOf<'wrongSpeaker' | 'recordsLost'>
  | ChainProblem;

/** Records that the speaker signed to be damaged on its disk, and the message that says so. */
export interface SignedGap {
  readonly gap: LogGap;
  readonly envelope: Envelope;
}

/** A record of the batch as it came, and what stands in it. */
export interface BatchEntry {
  readonly envelope: Envelope;
  readonly opened: Result<OpenedRecord, OpenRecordProblem>;
}

/** What does not fit: the place in the log where it would stand, and the message as it came. */
export interface Misfit {
  readonly seq: number;
  readonly problem: RecordProblem;
  readonly envelope: Envelope;
}

/**
 * The batch up to where it stops being what it must be: ascending by one. A record that does not open
 * ends it, and is in it.
 */
export const orderedRun = (entries: readonly BatchEntry[]): readonly BatchEntry[] => {
  const first = entries[0];
  if (first === undefined || !first.opened.ok) return entries.slice(0, 1);
  const start = first.opened.value.record.seq;
  const end = entries.findIndex(
    ({ opened }, index) => !opened.ok || opened.value.record.seq !== start + index,
  );
  if (end < 0) return entries;
  return entries.slice(0, entries[end]?.opened.ok === false ? end + 1 : end);
};

export interface CheckedBatch {
  /** New records that continue the chain, ascending. */
  readonly fresh: readonly { readonly envelope: Envelope; readonly opened: OpenedRecord }[];
  readonly head: ChainHead;
  readonly misfits: readonly Misfit[];
  /** What lies between the log's end and the first record that came too early. */
  readonly missing: RecordRange | null;
}

export interface CheckBatchInput {
  readonly speaker: string;
  readonly site: string;
  readonly head: ChainHead;
  readonly entries: readonly BatchEntry[];
  /** What the speaker cannot send any more. */
  readonly lost: SignedGap | null;
  /** The hash of each record that is stored under a number of the batch. */
  readonly hashBySeq: ReadonlyMap<number, string>;
}

/**
 * What of a batch continues the speaker's log. What is stored already, byte for byte, is passed over
 * in silence. The batch is taken up to its first record that neither repeats nor continues; another
 * content under a stored number is a finding and the batch goes on. Records that the speaker signed to
 * have lost are a finding, and what follows them is taken: the hole stays, and what it touches stays
 * unknown.
 * Source: AIRTIME.md, 2; DESIGN.md, the way of a broadcast, 7.
 */
export const checkBatch = (input: CheckBatchInput): CheckedBatch => {
  const fresh: CheckedBatch['fresh'][number][] = [];
  const { misfits, ...start } = crossGap(input);
  let { head } = start;
  let missing: RecordRange | null = null;
  for (const { envelope, opened } of input.entries) {
    const own = opened.ok ? ownRecord(opened.value, input) : opened;
    if (!own.ok) {
      misfits.push({ seq: head.seq + 1, problem: own.problem, envelope });
      break;
    }
    const { record, hash } = own.value;
    if (isRepeat(input, record.seq, hash)) continue;
    const followed = followChain(head, record, hash);
    if (followed.ok) {
      head = followed.value;
      fresh.push({ envelope, opened: own.value });
    } else if (followed.problem.code === 'sequenceMissing') {
      missing = missingRange(followed.problem);
      break;
    } else {
      misfits.push({ seq: record.seq, problem: followed.problem, envelope });
      if (followed.problem.code === 'chainBroken') break;
    }
  }
  return { fresh, head, misfits, missing };
};

/** Where the batch begins when its first record lies right behind what the speaker has lost. */
const crossGap = (input: CheckBatchInput): { readonly head: ChainHead; misfits: Misfit[] } => {
  const { head, lost, entries } = input;
  const first = entries[0]?.opened;
  const own = first?.ok ? ownRecord(first.value, input) : undefined;
  const behind = lost && own?.ok && headBehindGap(head, lost.gap, own.value.record);
  if (!behind) return { head, misfits: [] };
  const seq = head.seq + 1;
  const problem = { code: 'recordsLost', from: seq, to: behind.seq } as const;
  return { head: behind, misfits: [{ seq, problem, envelope: lost.envelope }] };
};

const isRepeat = (input: CheckBatchInput, seq: number, hash: string): boolean =>
  input.hashBySeq.get(seq) === hash;

const ownRecord = (
  opened: OpenedRecord,
  { speaker, site }: CheckBatchInput,
): Result<OpenedRecord, ProblemOf<'wrongSpeaker'>> => {
  const { record } = opened;
  if (record.speaker === speaker && record.site === site) return ok(opened);
  return refuse({ code: 'wrongSpeaker', expected: speaker, found: record.speaker });
};

const missingRange = (problem: ProblemOf<'sequenceMissing'>): RecordRange => ({
  from: problem.expected,
  to: Math.min(problem.found - 1, problem.expected + MAX_RECORDS_PER_MESSAGE - 1),
});
