import * as z from 'zod';
import { canonicalJson } from '#core/canonical-json.ts';
import { sealEnvelope } from '#runtime/signing.ts';
import type { Envelope } from '#schemas/envelope.ts';
import { sha256Schema } from '#schemas/primitives.ts';
import { MAX_RECORDS_PER_MESSAGE, type RecordBatch } from '#schemas/records/delivery.ts';
import type { LogGap } from '#schemas/records/log-gap.ts';
import type { AsRunLog } from './as-run-log.ts';
import { parseJson } from './record-line.ts';
import type { LogOwner } from './remove-old.ts';

/** The most bytes of records in one message; it stays below what every side accepts. */
export const MAX_BATCH_BYTES = 786_432;

/** Numbers of records that are damaged on the disk, both included. */
export interface LostRecords {
  readonly from: number;
  readonly to: number;
}

/** What goes to the server next. */
export interface NextBatch {
  /** Null when nothing from there on can be read. */
  readonly batch: RecordBatch | null;
  /** The last number that the batch brings. */
  readonly upTo: number;
  readonly lost: LostRecords | null;
}

/**
 * The records from a number on; when that one cannot be read, those behind what is damaged, and with
 * them the speaker's signed word on which ones are lost. The end of a log that is damaged waits for
 * the next record, which names what was lost by its hash.
 */
export const nextBatch = async (
  log: Pick<AsRunLog, 'read' | 'firstFrom' | 'head'>,
  from: number,
  owner: Pick<LogOwner, 'site' | 'speaker' | 'signer'>,
): Promise<NextBatch> => {
  const sound = await readBatch(log, from);
  if (sound.length > 0) return { batch: { records: sound }, upTo: lastOf(from, sound), lost: null };
  const next = await log.firstFrom(from);
  const lost = { from, to: next === undefined ? log.head().seq : next.seq - 1 };
  const records = next === undefined ? [] : await readBatch(log, next.seq);
  const [first] = records;
  if (next === undefined || first === undefined) return { batch: null, upTo: from - 1, lost };
  return {
    batch: { records, gap: sealGap(first, lost, owner) },
    upTo: lastOf(next.seq, records),
    lost,
  };
};

const readBatch = (log: Pick<AsRunLog, 'read'>, from: number): Promise<Envelope[]> =>
  log.read({ from, to: from + MAX_RECORDS_PER_MESSAGE - 1, maxBytes: MAX_BATCH_BYTES });

const lastOf = (from: number, records: readonly Envelope[]): number => from + records.length - 1;

/** What the record behind a gap says of the one before it. */
const linkSchema = z.object({ prev: sha256Schema });

const sealGap = (
  behind: Envelope,
  { from, to }: LostRecords,
  { site, speaker, signer }: Pick<LogOwner, 'site' | 'speaker' | 'signer'>,
): Envelope => {
  const { prev: hash } = linkSchema.parse(parseJson(Buffer.from(behind.payload, 'base64')));
  const gap: LogGap = { v: 1, site, speaker, from, to, hash };
  return sealEnvelope(signer, 'logGap', Buffer.from(canonicalJson(gap), 'utf8'));
};
