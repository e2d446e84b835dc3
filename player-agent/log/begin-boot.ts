import { join } from 'node:path';
import * as z from 'zod';
import { type Id, idSchema } from '#schemas/primitives.ts';
import type { LogRecord, RecordBody } from '#schemas/records/log-record.ts';
import { ok, type Result } from '#schemas/result.ts';
import type { Disk, DiskFull } from '../ports/disk.ts';
import type { AsRunLog, RecordStamp } from './as-run-log.ts';
import type { CheckpointFile } from './checkpoint.ts';
import { parseJson } from './record-line.ts';

const whySchema = z.enum(['cleanStop', 'ordered']);
/** Without a reason it was written by an earlier version. */
const markerSchema = z.object({ boot: idSchema, why: whySchema.default('cleanStop') });
type Marker = z.infer<typeof markerSchema>;

/** Says that this run of the agent ended as it should, and whether it was ordered to start anew. */
export interface CleanStopMarker {
  write(boot: Id, why: Marker['why']): Promise<void>;
  /** The run that ended as it should last; null when none is marked. */
  read(): Promise<Marker | null>;
  remove(): Promise<void>;
}

/** The marker in the log's folder. */
export const createCleanStopMarker = (disk: Disk, folder: string): CleanStopMarker => {
  const path = join(folder, 'clean-stop.json');
  return {
    write: async (boot, why) => {
      await disk.write(path, JSON.stringify({ boot, why }));
    },
    read: async () => {
      const bytes = await disk.read(path);
      const parsed = markerSchema.safeParse(bytes === undefined ? undefined : parseJson(bytes));
      return parsed.success ? parsed.data : null;
    },
    remove: () => disk.remove(path),
  };
};

export interface BeginBootInput {
  readonly log: AsRunLog;
  readonly checkpoint: CheckpointFile;
  readonly marker: CleanStopMarker;
  readonly stamp: RecordStamp;
  readonly agentVersion: string;
}

/**
 * The first records of a run: what sounded at a power cut becomes its `ended` record, in the run
 * that played it, and then this run's `boot` is written. Errors: diskFull. Source: AIRTIME.md, 2.
 */
export const beginBoot = async (input: BeginBootInput): Promise<Result<LogRecord, DiskFull>> => {
  const { log, checkpoint, marker } = input;
  const unfinished = await checkpoint.unfinished(log);
  if (unfinished !== undefined) {
    const { v, site, speaker, seq, prev, boot, posMs, clock, ...body } = unfinished;
    const written = await log.append({ boot, posMs, clock }, body);
    if (!written.ok) return written;
  }
  await checkpoint.clear();
  const previousBoot = log.lastAtOpen?.boot ?? null;
  const cause = await causeOf(previousBoot, marker);
  const body: RecordBody = {
    kind: 'boot',
    cause,
    previousBoot,
    agentVersion: input.agentVersion,
    tornLine: log.tornLine,
  };
  const written = await log.append(input.stamp, body);
  if (!written.ok) return written;
  await marker.remove();
  return ok(written.value);
};

const causeOf = async (
  previousBoot: Id | null,
  marker: CleanStopMarker,
): Promise<'first' | 'powerLoss' | Marker['why']> => {
  if (previousBoot === null) return 'first';
  const marked = await marker.read();
  return marked?.boot === previousBoot ? marked.why : 'powerLoss';
};
