import { createHash } from 'node:crypto';
import { pipeline, type Readable, Transform } from 'node:stream';
import type { Sha256 } from '#schemas/primitives.ts';
import type { ClipStore } from './ports.ts';

/** Passes everything on but the last piece, which follows only when the whole has its hash. */
const holdAgainst = (sha256: Sha256, onCorrupt: (sha256: Sha256) => void): Transform => {
  const hash = createHash('sha256');
  let held: Buffer | undefined;
  return new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      hash.update(chunk);
      const before = held;
      held = chunk;
      done(null, before);
    },
    flush: (done) => {
      if (hash.digest('hex') === sha256) return done(null, held);
      onCorrupt(sha256);
      done(new Error(`The clip ${sha256} is corrupt`));
    },
  });
};

/** The stream behind a check; what breaks it on either side ends both. */
const through = (bytes: Readable, check: Transform): Readable =>
  // Who reads is told by the stream itself.
  pipeline(bytes, check, () => undefined);

/**
 * A clip store whose clips are held against their hash while they are read whole: a stream of other
 * bytes breaks off before its end, and `onCorrupt` is told. Ranges are passed on as they are: who
 * joins them holds the whole against its hash.
 */
export const createCheckedClipStore = (
  store: ClipStore,
  onCorrupt: (sha256: Sha256) => void,
): ClipStore => ({
  ...store,
  open: async (sha256, range) => {
    const opened = await store.open(sha256, range);
    if (!opened.ok || range !== undefined) return opened;
    return { ok: true, value: through(opened.value, holdAgainst(sha256, onCorrupt)) };
  },
});
