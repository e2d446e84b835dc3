import { nodeDisk } from '#player-agent/disk/node-disk.ts';
import {
  type AsRunLog,
  type AsRunLogOptions,
  openAsRunLog,
  type RecordStamp,
} from '#player-agent/log/as-run-log.ts';
import { verifyLogFile } from '#runtime/verify-log-file.ts';
import type { ClockState } from '#schemas/records/clock-state.ts';
import type { RecordBody } from '#schemas/records/log-record.ts';
import { newSigner } from '#tests/support/signed-log.ts';
import { idOf, SPEAKER } from './station.ts';

export const signer = newSigner();
const key = Buffer.from(signer.publicKey).toString('base64');
const beat: RecordBody = { kind: 'heartbeat', openSession: null };

/** A segment of this length holds two records. */
export const SHORT_SEGMENT_BYTES = 1_500;

/** When a record is written, by a clock of a source. */
export const stampAt = (wallMs: number, source: ClockState['source'] = 'server'): RecordStamp => ({
  boot: idOf(7),
  posMs: 0,
  clock:
    source === 'none'
      ? { source, offsetMs: null, uncertaintyMs: null }
      : { source, offsetMs: wallMs, uncertaintyMs: 50 },
});

/** Opens a speaker's log with short segments. */
export const openLog = async (
  folder: string,
  change: Partial<AsRunLogOptions> = {},
): Promise<AsRunLog> => {
  const who = { site: 'xa-mau', speaker: SPEAKER, signer, boot: idOf(7) };
  const maxSegmentBytes = SHORT_SEGMENT_BYTES;
  const opened = await openAsRunLog({ disk: nodeDisk, folder, ...who, maxSegmentBytes, ...change });
  if (!opened.ok) throw new Error(opened.problem.code);
  return opened.value;
};

/** Writes heartbeats. */
export const writeBeats = async (
  log: AsRunLog,
  count: number,
  stamp: RecordStamp = stampAt(0, 'none'),
): Promise<void> => {
  for (let index = 0; index < count; index += 1) await log.append(stamp, beat);
};

/** What `tieng-lang verify` says of the log in a folder. */
export const verifyFolder = (folder: string) => verifyLogFile(folder, key);
