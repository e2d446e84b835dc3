import { join } from 'node:path';
import type { Id } from '#schemas/primitives.ts';
import type { Problem } from '#schemas/problem.ts';
import { ok, type Result } from '#schemas/result.ts';
import type { SessionId } from '#schemas/session.ts';
import type { TrustedClock } from '../clock/trusted-clock.ts';
import type { AgentPorts } from '../ports/agent-ports.ts';
import type { EndedBody } from '../session/ended-body.ts';
import type { TaskQueue } from '../task-queue.ts';
import { type AsRunLog, openAsRunLog, type RecordStamp } from './as-run-log.ts';
import { beginBoot, type CleanStopMarker, createCleanStopMarker } from './begin-boot.ts';
import { createCheckpointFile } from './checkpoint.ts';
import { createDeliveredFile, type DeliveredFile } from './delivered-file.ts';
import type { LostRecords } from './next-batch.ts';
import { createRecordWriter, type RecordWriter } from './record-writer.ts';
import { createRefusalBook, type RefusedBody } from './refusal-book.ts';

const DAY_MS = 86_400_000;

/** Everything that is written down about what the speaker does. */
export interface Recording {
  readonly log: AsRunLog;
  readonly writer: RecordWriter;
  readonly marker: CleanStopMarker;
  readonly delivered: DeliveredFile;
  /** Says that records of the log cannot be read any more. */
  tellLost(lost: LostRecords): void;
  /** The last records that were told as lost in this run; null when none were. */
  lost(): LostRecords | null;
  /** Removes segments that the server has and that are older than the retention, if the time is known. */
  removeOld(deliveredUpTo: number): Promise<void>;
  /** Writes a refusal once for each cause; `message` tells refused messages apart. */
  refuse(body: RefusedBody, message?: string): void;
  wasRefused(session: SessionId): boolean;
  saveCheckpoint(body: EndedBody): Promise<void>;
  clearCheckpoint(): Promise<void>;
}

export interface RecordingContext {
  readonly boot: Id;
  readonly trusted: TrustedClock;
  readonly tasks: TaskQueue;
  readonly onWritten: () => void;
  readonly onRefused: (body: RefusedBody) => void;
}

/**
 * Opens the log, puts in order what a power cut left, and writes this run's `boot` record.
 * Errors: fileUnreadable, databaseNewer, diskFull.
 */
export const openRecording = async (
  ports: AgentPorts,
  context: RecordingContext,
): Promise<Result<Recording, Problem>> => {
  const { disk, clock, logger, signer, agentVersion } = ports;
  const { site, speaker } = ports.grant;
  const { boot, trusted, tasks } = context;
  const folder = join(ports.folder, 'log');
  const deliveredFile = createDeliveredFile(disk, folder);
  const delivered = await deliveredFile.head();
  const opened = await openAsRunLog({ disk, folder, site, speaker, signer, boot, delivered });
  if (!opened.ok) return opened;
  const log = opened.value;
  const checkpoint = createCheckpointFile(disk, folder, { site, speaker });
  const marker = createCleanStopMarker(disk, folder);
  const stamp = (): RecordStamp => ({ boot, posMs: trusted.posMs(), clock: trusted.state() });
  const begun = await beginBoot({ log, checkpoint, marker, stamp: stamp(), agentVersion });
  if (!begun.ok) {
    await log.close();
    return begun;
  }
  const { onWritten } = context;
  const writer = createRecordWriter({ log, clock, stamp, logger, onWritten, track: tasks.beside });
  const refusals = createRefusalBook();
  let lost: LostRecords | null = null;
  return ok({
    log,
    writer,
    marker,
    delivered: deliveredFile,
    lost: () => lost,
    tellLost: (range) => {
      if (lost?.from === range.from && lost.to === range.to) return;
      lost = range;
      logger.error({ event: 'recordsLost', problem: { code: 'recordsLost', ...range } });
    },
    removeOld: async (deliveredUpTo) => {
      const nowMs = vouchedMs(trusted);
      if (nowMs === null) return;
      const beforeMs = nowMs - ports.logRetentionDays * DAY_MS;
      const removed = await log.removeOld({ deliveredUpTo, beforeMs });
      if (removed !== null) logger.info({ event: 'logRemoved', upTo: removed.seq });
    },
    refuse: (body, message) => {
      if (!refusals.isNew(body, trusted.posMs(), message)) return;
      context.onRefused(body);
      tasks.beside(writer.write(body));
    },
    wasRefused: refusals.hasSession,
    saveCheckpoint: async (body) => {
      const isSaved = await checkpoint.write(log, stamp(), body);
      if (!isSaved) logger.error({ event: 'checkpointNotWritten' });
    },
    clearCheckpoint: checkpoint.clear,
  });
};

/** The earliest instant that it can be by what a server or the network's time says, not a person. */
const vouchedMs = ({ anchor, nowMs, uncertaintyMs }: TrustedClock): number | null => {
  const source = anchor()?.source;
  const now = nowMs();
  const uncertainty = uncertaintyMs();
  if (source === undefined || source === 'manual' || now === null || uncertainty === null) {
    return null;
  }
  return now - uncertainty;
};
