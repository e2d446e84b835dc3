import { type ChainHead, emptyChain } from '#core/log-chain.ts';
import type { Signer } from '#runtime/signing.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import type { DiskFile } from '../ports/disk.ts';
import { isSignedLine, lineToRecord, MAX_LINE_BYTES } from './record-line.ts';

/** How far back from its end a log is searched for a line that holds, in bytes. */
const MAX_TAIL_BYTES = 16 * MAX_LINE_BYTES;
const LINE_FEED = 10;

/** Where a log ends, and what stands behind its last whole line. */
export interface LogTail {
  readonly head: ChainHead;
  readonly last: LogRecord | null;
  /** The length up to which the log holds, in bytes. */
  readonly soundBytes: number;
  /** What a power cut left of a line that was being written; empty when nothing was. */
  readonly torn: Uint8Array;
}

/**
 * The last whole line that the speaker signed, and whatever stands behind it. Undefined when there
 * is none although the file is longer than is searched; `newer` when a later version of this program
 * wrote that line, which is evidence and no torn rest.
 */
export const readLogTail = async (
  file: DiskFile,
  signer: Signer,
): Promise<LogTail | 'newer' | undefined> => {
  const fromBytes = Math.max(0, file.size() - MAX_TAIL_BYTES);
  const tail = await file.read(fromBytes, MAX_TAIL_BYTES);
  for (let end = tail.lastIndexOf(LINE_FEED); end >= 0; ) {
    const before = end === 0 ? -1 : tail.lastIndexOf(LINE_FEED, end - 1);
    const line = tail.subarray(before + 1, end);
    const found = lineToRecord(line, signer);
    if (found !== undefined) {
      const { record, hash } = found;
      const soundBytes = fromBytes + end + 1;
      return {
        head: { seq: record.seq, hash },
        last: record,
        soundBytes,
        torn: tail.slice(end + 1),
      };
    }
    if (isSignedLine(line, signer)) return 'newer';
    end = before;
  }
  if (fromBytes > 0) return undefined;
  return { head: emptyChain, last: null, soundBytes: 0, torn: tail.slice() };
};
