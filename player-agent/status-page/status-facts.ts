import { followChain } from '#core/log-chain.ts';
import { sha256 } from '#runtime/signing.ts';
import type { Health } from '#schemas/health.ts';
import type { SpeakerLimits } from '#schemas/limits.ts';
import { type LogRecord, logRecordSchema } from '#schemas/records/log-record.ts';
import type { AgentParts } from '../agent-parts.ts';
import { MAX_BATCH_BYTES } from '../log/next-batch.ts';
import { parseJson } from '../log/record-line.ts';

/** How many records the page shows. */
const SHOWN_RECORDS = 10;

/** What the technician in front of the box is shown. Instants are epoch milliseconds. */
export interface StatusFacts {
  readonly speaker: string;
  readonly zone: string;
  /** What people call it and its unit; null until the server has told. */
  readonly names: NonNullable<SpeakerLimits['names']> | null;
  readonly connected: boolean;
  readonly health: Health;
  readonly volume: { readonly volume: number; readonly max: number } | null;
  readonly nextMs: number | null;
  /** The last ten, newest first. */
  readonly records: readonly LogRecord[];
  /** Whether those are all there, signed, and follow one another up to the end of the log. */
  readonly logHolds: boolean;
}

type Parts = Pick<AgentParts, 'received' | 'recording' | 'trusted'>;

/** What the page says besides health. */
export const gatherStatus = async ({
  received,
  recording,
  trusted,
}: Parts): Promise<Pick<StatusFacts, 'names' | 'volume' | 'nextMs' | 'records' | 'logHolds'>> => {
  const limits = received.limits.value();
  const nowMs = trusted.nowMs();
  const starts = [...received.plans.documents().values()]
    .flatMap(({ sessions }) => sessions.flatMap(({ startMs }) => startMs ?? []))
    .filter((startMs) => nowMs !== null && startMs > nowMs);
  return {
    names: limits?.names ?? null,
    volume: limits === null ? null : { volume: limits.volume, max: limits.maxVolume },
    nextMs: starts.length === 0 ? null : Math.min(...starts),
    ...(await lastRecords(recording.log)),
  };
};

const lastRecords = async (
  log: AgentParts['recording']['log'],
): Promise<Pick<StatusFacts, 'records' | 'logHolds'>> => {
  const end = log.head();
  const from = Math.max(1, end.seq - SHOWN_RECORDS + 1);
  const envelopes = await log.read({ from, to: end.seq, maxBytes: MAX_BATCH_BYTES });
  const records: LogRecord[] = [];
  let head: { readonly seq: number; readonly hash: string } | undefined;
  for (const { payload } of envelopes) {
    const bytes = Buffer.from(payload, 'base64');
    const record = logRecordSchema.parse(parseJson(bytes));
    const followed = followChain(
      head ?? { seq: record.seq - 1, hash: record.prev },
      record,
      sha256(bytes),
    );
    if (!followed.ok) break;
    head = followed.value;
    records.unshift(record);
  }
  return { records, logHolds: head?.seq === end.seq && head.hash === end.hash };
};
