import { createId } from '#runtime/clock.ts';
import { ok, type Result } from '#schemas/result.ts';
import { topicOf } from '#schemas/topics.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { Change, CommitProblem, OutgoingMessage } from '../ports/store.ts';
import type { PlannedDay } from './plan-note.ts';
import type { PlanShare } from './plan-speaker.ts';
import { documentMessage } from './point-speaker.ts';

type Ports = Pick<ServerPorts, 'store' | 'clock' | 'entropy'>;

/** A document that is to be kept under its hash, and sent retained. */
export interface NewDocument {
  readonly hash: string;
  readonly change: Change;
  readonly message: OutgoingMessage;
}

export interface DocumentsInput {
  readonly site: string;
  readonly share: PlanShare;
  /** Documents that stand at the broker, or are on their way there. */
  readonly published: ReadonlySet<string>;
  readonly days: readonly PlannedDay[];
}

/** The documents of the days that are not at the broker yet, each once. */
export const newDocuments = (
  ports: Ports,
  { site, share, published, days }: DocumentsInput,
): readonly NewDocument[] => {
  const wanted = new Set(days.map(({ playlist }) => playlist));
  return [...wanted].flatMap((hash) => {
    const text = share.textOf(hash);
    if (text === undefined || published.has(hash)) return [];
    const value = { sha256: hash, text, createdMs: Math.floor(ports.clock.wallMs()) };
    const message = documentMessage(ports, { site, sha256: hash, text });
    return [{ hash, change: { do: 'put', what: 'playlist', value }, message }];
  });
};

/**
 * Takes documents that nobody is pointed to any more off the broker; the store keeps them. Errors:
 * changedMeanwhile, alreadyExists, diskFull.
 */
export const withdrawDocuments = async (
  ports: Ports,
  site: string,
  hashes: readonly string[],
): Promise<Result<void, CommitProblem>> => {
  if (hashes.length === 0) return ok(undefined);
  const outbox = hashes.map((sha256) => ({
    id: createId(ports.clock, ports.entropy),
    topic: topicOf('plan', { site, sha256 }),
    payload: '',
    retain: true,
  }));
  return ports.store.commit({ changes: [], outbox });
};
