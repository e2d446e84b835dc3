import { MAX_STICK_LOG_BYTES, type StickLogHead } from '#schemas/bundle.ts';
import type { AsRunLog } from '../log/as-run-log.ts';
import { nextBatch } from '../log/next-batch.ts';
import type { LogOwner } from '../log/remove-old.ts';

export interface StickLogInput {
  readonly log: Pick<AsRunLog, 'read' | 'firstFrom' | 'head'>;
  readonly owner: Pick<LogOwner, 'site' | 'speaker' | 'signer'>;
  /** The last record that the server is known to have. */
  readonly deliveredUpTo: number;
  /** Room on the stick in bytes. */
  readonly freeBytes: number;
}

/** The lines of a log for a stick; `upTo` is the last record in them once they have been read. */
export interface StickLog {
  readonly parts: AsyncIterable<Uint8Array>;
  upTo(): number;
  /** Whether there was no room for all of it. */
  isCut(): boolean;
}

/**
 * What the server does not have yet, oldest first, as many batches as fit: the batches of the
 * network, one a line, behind a line that says whose they are.
 */
export const stickLog = (input: StickLogInput): StickLog => {
  let upTo = 0;
  let isCut = false;
  const linesFrom = async function* (): AsyncGenerator<Uint8Array> {
    let roomBytes = Math.min(MAX_STICK_LOG_BYTES, input.freeBytes);
    const { site, speaker } = input.owner;
    const head: StickLogHead = { v: 1, site, speaker };
    let line: unknown = head;
    let to = input.deliveredUpTo;
    for (;;) {
      const bytes = Buffer.from(`${JSON.stringify(line)}\n`, 'utf8');
      roomBytes -= bytes.length;
      if (roomBytes < 0) {
        isCut = true;
        return;
      }
      yield bytes;
      upTo = to;
      if (to >= input.log.head().seq) return;
      const next = await nextBatch(input.log, to + 1, input.owner);
      if (next.batch === null) return;
      line = next.batch;
      to = next.upTo;
    }
  };
  return { parts: linesFrom(), upTo: () => upTo, isCut: () => isCut };
};
