import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Clock } from '#runtime/clock.ts';

/** One run of a program: no shell, and a bound on everything. */
export type BoundedRun = {
  readonly command: string;
  readonly args: readonly string[];
  /** Written to standard input, which is closed after it. */
  readonly input?: string | Uint8Array;
  /** Where standard output goes instead of into the outcome. */
  readonly outputPath?: string;
  readonly maxMs: number;
  readonly maxOutputBytes: number;
  /** Kept on Linux only, where `prlimit` sets it. */
  readonly maxMemoryBytes?: number;
};

/** How a run ended; `stopped` when it passed one of its bounds and was killed. */
export type BoundedOutcome =
  | { readonly kind: 'exited'; readonly code: number | null; stdout: string; stderr: string }
  | { readonly kind: 'stopped'; readonly bound: 'time' | 'output' }
  | { readonly kind: 'missing' };

type Stop = (bound: 'time' | 'output') => void;

/** Collects a stream until it passes `maxBytes`; then `stop` is called and the rest is dropped. */
const collect = (stream: Readable, maxBytes: number, stop: Stop): (() => string) => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  stream.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maxBytes) stop('output');
    else chunks.push(chunk);
  });
  return () => Buffer.concat(chunks).toString('utf8');
};

/** Passes bytes on until there are more than `maxBytes`; then `stop` is called. */
const limit = (maxBytes: number, stop: Stop): Transform => {
  let bytes = 0;
  return new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      bytes += chunk.length;
      if (bytes > maxBytes) stop('output');
      done(null, bytes > maxBytes ? undefined : chunk);
    },
  });
};

const feed = (child: ChildProcess, input: string | Uint8Array | undefined): void => {
  // A program that ends before it has read everything says so by its exit code.
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(input ?? '');
};

const ended = (child: ChildProcess): Promise<number | null | 'missing'> =>
  new Promise((resolve, reject) => {
    child.on('close', (code) => resolve(code));
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') resolve('missing');
      else reject(error);
    });
  });

type Sink = { readonly text: () => string; readonly written: Promise<void> };

const drain = (child: ChildProcessWithoutNullStreams, run: BoundedRun, stop: Stop): Sink => {
  if (run.outputPath === undefined) {
    const text = collect(child.stdout, run.maxOutputBytes, stop);
    return { text, written: Promise.resolve() };
  }
  const file = createWriteStream(run.outputPath, { mode: 0o600 });
  const written = pipeline(child.stdout, limit(run.maxOutputBytes, stop), file);
  return { text: () => '', written: written.finally(() => child.kill('SIGKILL')) };
};

/** How `prlimit` says that there is no such program. */
const NO_SUCH_PROGRAM = 127;

const isLimited = ({ maxMemoryBytes }: BoundedRun): boolean =>
  maxMemoryBytes !== undefined && process.platform === 'linux';

const start = (run: BoundedRun): ChildProcessWithoutNullStreams => {
  const options = { stdio: 'pipe', windowsHide: true } as const;
  if (!isLimited(run)) return spawn(run.command, [...run.args], options);
  const limit = [`--data=${run.maxMemoryBytes}`, '--', run.command];
  return spawn('prlimit', [...limit, ...run.args], options);
};

/**
 * Runs a program without a shell and waits for its end. It is killed when it runs longer than
 * `maxMs` by the clock or writes more than `maxOutputBytes` to either output; more memory than
 * `maxMemoryBytes` it does not get. Throws what the file system throws at `outputPath`, and when the
 * system cannot start processes at all.
 */
export const runBounded = async (clock: Clock, run: BoundedRun): Promise<BoundedOutcome> => {
  const child = start(run);
  const passed: ('time' | 'output')[] = [];
  const stop: Stop = (bound) => {
    passed.push(bound);
    child.kill('SIGKILL');
  };
  const timer = clock.at(clock.positionMs() + run.maxMs, () => stop('time'));
  const end = ended(child);
  const stdout = drain(child, run, stop);
  const stderr = collect(child.stderr, run.maxOutputBytes, stop);
  feed(child, run.input);
  try {
    const [code] = await Promise.all([end, stdout.written]);
    const isMissing = code === 'missing' || (isLimited(run) && code === NO_SUCH_PROGRAM);
    if (isMissing) return { kind: 'missing' };
    if (passed[0]) return { kind: 'stopped', bound: passed[0] };
    return { kind: 'exited', code, stdout: stdout.text(), stderr: stderr() };
  } finally {
    timer.cancel();
  }
};
