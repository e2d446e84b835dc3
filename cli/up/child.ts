import { type ChildProcess, fork } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Problem } from '#schemas/problem.ts';

/** What a program tells the process that started it, over the channel between them. */
export type ChildMessage =
  | { readonly kind: 'ready'; readonly facts: Readonly<Record<string, unknown>> }
  | { readonly kind: 'refused'; readonly problem: Problem };

/** One line of a program's log. */
export interface ChildEvent {
  readonly event: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

export interface ChildProgram {
  /** The program is up, or said why it is not; undefined when it ended without a word. */
  readonly answer: Promise<ChildMessage | undefined>;
  /** The exit status, or null when a signal ended it. */
  readonly ended: Promise<number | null>;
  stop(): Promise<void>;
}

export interface ChildRequest {
  readonly name: string;
  readonly words: readonly string[];
  readonly logFolder: string;
  /** Variables beside those of this process. */
  readonly environment: Readonly<Record<string, string>>;
  readonly onEvent: (event: ChildEvent) => void;
  /** The log can be written no more; events are handed on all the same. */
  readonly onLogLost: () => void;
}

const main = join(import.meta.dirname, '..', 'main.ts');

/**
 * Starts `tieng-lang WORDS` as a process of its own. Its log goes to `logFolder/NAME.log`, in a
 * folder that is there; each line that is an event is handed on.
 */
export const startChild = (request: ChildRequest): ChildProgram => {
  const child = fork(main, request.words, {
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    env: { ...process.env, ...request.environment },
  });
  keepLog(child, request);
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', (code) => resolve(code));
  });
  const answer = new Promise<ChildMessage | undefined>((resolve) => {
    child.once('message', (message) => resolve(message as ChildMessage));
    child.once('exit', () => resolve(undefined));
  });
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
  };
  return { answer, ended, stop };
};

const keepLog = (child: ChildProcess, request: ChildRequest): void => {
  if (child.stderr === null) return;
  const file = createWriteStream(join(request.logFolder, `${request.name}.log`), { flags: 'a' });
  // A disk that is full loses lines of the log, and neither the program nor what it tells.
  file.once('error', request.onLogLost);
  child.stderr.pipe(file);
  createInterface({ input: child.stderr }).on('line', (line) => {
    const event = lineToEvent(line);
    if (event !== undefined) request.onEvent(event);
  });
};

const lineToEvent = (line: string): ChildEvent | undefined => {
  if (!line.startsWith('{')) return undefined;
  try {
    const { event, ...facts } = JSON.parse(line);
    return typeof event === 'string' ? { event, facts } : undefined;
  } catch {
    // A line of another program, or one cut by the end of the process: it stands in the log file.
    return undefined;
  }
};

/** Tells the process that started this one, if one did and listens. */
export const tellParent = (message: ChildMessage): void => {
  if (process.connected) process.send?.(message);
};

/**
 * Calls `stop` once when a signal asks for the end, or when the process that started this one is
 * gone. Who asks again, as with a second Ctrl-C, does not cut the stop off.
 */
export const whenAskedToStop = (stop: () => void): void => {
  let isAsked = false;
  const ask = () => {
    if (!isAsked) stop();
    isAsked = true;
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask);
  if (!process.connected) return;
  process.once('disconnect', ask);
  // Listening alone keeps no program alive that has refused to start.
  process.channel?.unref();
};
