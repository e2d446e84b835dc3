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
import { createRecordWriter, type RecordWriter } from './record-writer.ts';
import { createRefusalBook, type RefusedBody } from './refusal-book.ts';

/** Everything that is written down about what the speaker does. */
export interface Recording {
  readonly log: AsRunLog;
  readonly writer: RecordWriter;
  readonly marker: CleanStopMarker;
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
  const opened = await openAsRunLog({ disk, folder, site, speaker, signer, boot });
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
  return ok({
    log,
    writer,
    marker,
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
