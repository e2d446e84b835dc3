import { logGapForm } from '#core/log-gap.ts';
import { openStatement } from '#core/open-statement.ts';
import { logTools, openRecordInBackground } from '#runtime/open-record.ts';
import type { Speaker } from '#schemas/entities/site.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import type { RecordAck, RecordBatch, RecordRange } from '#schemas/records/delivery.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import { topicOf } from '#schemas/topics.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { Change, CommitProblem, StoredFinding } from '../ports/store.ts';
import {
  type BatchEntry,
  type CheckedBatch,
  checkBatch,
  orderedRun,
  type SignedGap,
} from './check-batch.ts';
import { recordsToAnswers } from './emergency-answers.ts';
import { findingToChange, newFindings } from './new-findings.ts';

/** How often a batch is looked at again because another server wrote to the same log. */
const MAX_TRIES = 3;

export interface ReceivedRecords {
  /** The new records, ascending. */
  readonly stored: readonly LogRecord[];
  /** The log is stored without a hole up to and including this number. */
  readonly upTo: number;
  readonly findings: readonly StoredFinding[];
  readonly missing: RecordRange | null;
}

type Ports = Pick<ServerPorts, 'store' | 'broker' | 'clock' | 'entropy' | 'log'>;

/**
 * Takes a batch that came on the speaker's own topic: checks signature, owner, form and chain,
 * stores each new record exactly once, keeps what does not fit as findings, and only then
 * acknowledges. A hole is asked for, unless the speaker signed that it lost what lies there. The speaker sends again what was not acknowledged.
 * Errors: unknownSpeaker; changedMeanwhile, alreadyExists, diskFull (nothing was stored).
 * Source: DESIGN.md, the way of a broadcast, 7.
 */
export const receiveRecords = async (
  ports: Ports,
  speakerId: string,
  batch: RecordBatch,
): Promise<Result<ReceivedRecords, ProblemOf<'unknownSpeaker'> | CommitProblem>> => {
  const speaker = await ports.store.speakerById(speakerId);
  const site = await ports.store.site();
  if (site === undefined || !isKnown(speaker)) {
    return refuse({ code: 'unknownSpeaker', speaker: speakerId });
  }
  const entries = orderedRun(await openEntries(batch, speaker.publicKey));
  const from = { site: site.slug, speaker: speaker.id };
  const lost = openGap(batch, speaker.publicKey, from);
  let refusal: CommitProblem = { code: 'changedMeanwhile', what: 'record', id: speakerId };
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const taken = await takeEntries(ports, from, { entries, lost });
    if (taken.ok) {
      await answer(ports, from, taken.value);
      return taken;
    }
    refusal = taken.problem;
    if (refusal.code === 'diskFull') break;
  }
  return refuse(refusal);
};

const isKnown = (speaker: Speaker | undefined): speaker is Speaker & { publicKey: string } =>
  speaker !== undefined && speaker.publicKey !== null && speaker.state !== 'awaiting';

const openEntries = (batch: RecordBatch, publicKey: string): Promise<BatchEntry[]> => {
  const tools = logTools(Buffer.from(publicKey, 'base64'));
  return Promise.all(
    batch.records.map(async (envelope) => ({
      envelope,
      opened: await openRecordInBackground(envelope, tools),
    })),
  );
};

/** What the speaker signed to have lost; a statement that does not hold is passed over. */
const openGap = ({ gap: envelope }: RecordBatch, publicKey: string, from: From) => {
  if (envelope === undefined) return null;
  const opened = openStatement(envelope, logGapForm, logTools(Buffer.from(publicKey, 'base64')));
  if (!opened.ok) return null;
  const { site, speaker } = opened.value;
  return site === from.site && speaker === from.speaker ? { gap: opened.value, envelope } : null;
};

interface From {
  readonly site: string;
  readonly speaker: string;
}

const takeEntries = async (
  ports: Ports,
  { site, speaker }: From,
  { entries, lost }: { readonly entries: readonly BatchEntry[]; readonly lost: SignedGap | null },
): Promise<Result<ReceivedRecords, CommitProblem>> => {
  const head = await ports.store.logHead(speaker);
  const hashBySeq = await storedHashes(ports, head.seq, { speaker, entries });
  const checked = checkBatch({ speaker, site, head, entries, lost, hashBySeq });
  const findings = await newFindings(ports, speaker, checked.misfits);
  const received: ReceivedRecords = {
    stored: checked.fresh.map(({ opened }) => opened.record),
    upTo: checked.head.seq,
    findings,
    missing: checked.missing,
  };
  const changes = [
    ...recordsToChanges(ports, speaker, checked),
    ...recordsToAnswers(received.stored, Math.floor(ports.clock.wallMs())),
    ...findings.map(findingToChange),
  ];
  if (changes.length === 0) return ok(received);
  const guards = [{ kind: 'logHead', speaker, seq: head.seq } as const];
  const committed = await ports.store.commit({ changes, guards });
  if (!committed.ok) return committed;
  for (const { code, seq } of findings) {
    ports.log.warn({ event: 'findingMade', speaker, code, seq });
  }
  return ok(received);
};

const storedHashes = async (
  { store }: Ports,
  headSeq: number,
  { speaker, entries }: { readonly speaker: string; readonly entries: readonly BatchEntry[] },
): Promise<ReadonlyMap<number, string>> => {
  const opened = entries[0]?.opened;
  if (opened === undefined || !opened.ok) return new Map();
  const { seq } = opened.value.record;
  if (seq > headSeq) return new Map();
  const stored = await store.records(speaker, seq, seq + entries.length - 1);
  return new Map(stored.map((record) => [record.seq, record.hash]));
};

const recordsToChanges = ({ clock }: Ports, speaker: string, checked: CheckedBatch): Change[] =>
  checked.fresh.map(({ envelope, opened: { record, hash } }) => ({
    do: 'insert',
    what: 'record',
    value: {
      speaker,
      seq: record.seq,
      hash,
      record,
      envelope: JSON.stringify(envelope),
      receivedMs: Math.floor(clock.wallMs()),
    },
  }));

/** Said directly and not through the outbox: who does not hear it sends again and is told again. */
const answer = async (ports: Ports, from: From, received: ReceivedRecords): Promise<void> => {
  const send = (name: 'recordAck' | 'recordRange', payload: RecordAck | RecordRange) =>
    ports.broker.publish({
      topic: topicOf(name, from),
      payload: JSON.stringify(payload),
      retain: false,
    });
  try {
    await send('recordAck', { upTo: received.upTo });
    if (received.missing !== null) await send('recordRange', received.missing);
  } catch (error) {
    const { speaker } = from;
    ports.log.warn({ event: 'acknowledgementFailed', speaker, error: String(error) });
  }
};
