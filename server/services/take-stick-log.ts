import { parseJson } from '#core/open-record.ts';
import { readLines } from '#runtime/read-lines.ts';
import { stickLogHeadSchema } from '#schemas/bundle.ts';
import type { Actor } from '#schemas/entities/bulletin.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { recordBatchSchema } from '#schemas/records/delivery.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import { MAX_MESSAGE_BYTES } from '#schemas/topics.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { CommitProblem } from '../ports/store.ts';
import { auditEntry } from './audit-entry.ts';
import { receiveRecords } from './receive-records.ts';
import { receiveUpload, type Upload, type UploadProblem } from './receive-upload.ts';

/** What a log from a stick has brought. */
export interface TakenStickLog {
  readonly speaker: string;
  /** How many records were new. */
  readonly stored: number;
  /** The log is stored without a hole up to and including this number. */
  readonly upTo: number;
  readonly findings: number;
}

type Ports = Pick<
  ServerPorts,
  'store' | 'broker' | 'clock' | 'entropy' | 'log' | 'workFolder' | 'maxUploadBytes'
>;
type Refusal =
  | ProblemOf<'stickLogInvalid' | 'wrongSpeaker' | 'unknownSpeaker'>
  | CommitProblem
  | UploadProblem;

/**
 * Takes the log that a speaker wrote onto a stick: each batch goes the way of those that come over
 * the network, so that each record is stored once, however often and in whatever order it comes. The
 * audit says who brought it.
 * Errors: stickLogInvalid (its batches before that line are stored), wrongSpeaker (another site's),
 * unknownSpeaker, changedMeanwhile, alreadyExists, diskFull, fileTooLarge, uploadInterrupted.
 */
export const takeStickLog = (
  ports: Ports,
  actor: Actor,
  upload: Upload,
): Promise<Result<TakenStickLog, Refusal>> =>
  receiveUpload(ports, upload, async (path) => {
    const taken = await takeLines(ports, path);
    if (!taken.ok) return taken;
    const { speaker: subject, ...facts } = taken.value;
    const done = await ports.store.commit({
      changes: [],
      audit: [auditEntry(ports, { actor, action: 'takeStickLog', subject, facts })],
    });
    return done.ok ? taken : done;
  });

const takeLines = async (ports: Ports, path: string): Promise<Result<TakenStickLog, Refusal>> => {
  let line = 0;
  let taken: TakenStickLog | undefined;
  for await (const text of readLines(path, MAX_MESSAGE_BYTES)) {
    line += 1;
    const value = text === null ? undefined : parseJson(text);
    const next =
      taken === undefined ? await readHead(ports, value) : await takeBatch(ports, taken, value);
    if (next === undefined) return refuse({ code: 'stickLogInvalid', line });
    if (!next.ok) return next;
    taken = next.value;
  }
  return taken === undefined ? refuse({ code: 'stickLogInvalid', line: 1 }) : ok(taken);
};

const readHead = async (
  { store }: Ports,
  value: unknown,
): Promise<Result<TakenStickLog, Refusal> | undefined> => {
  const head = stickLogHeadSchema.safeParse(value).data;
  if (head === undefined) return undefined;
  const { site, speaker } = head;
  const expected = (await store.site())?.slug ?? '';
  if (site !== expected) return refuse({ code: 'wrongSpeaker', expected, found: site });
  const { seq } = await store.logHead(speaker);
  return ok({ speaker, stored: 0, upTo: seq, findings: 0 });
};

const takeBatch = async (
  ports: Ports,
  { speaker, stored, findings }: TakenStickLog,
  value: unknown,
): Promise<Result<TakenStickLog, Refusal> | undefined> => {
  const batch = recordBatchSchema.safeParse(value).data;
  if (batch === undefined) return undefined;
  const received = await receiveRecords(ports, speaker, batch);
  if (!received.ok) return received;
  return ok({
    speaker,
    stored: stored + received.value.stored.length,
    upTo: received.value.upTo,
    findings: findings + received.value.findings.length,
  });
};
