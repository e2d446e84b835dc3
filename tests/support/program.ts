import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));
const KEPT_LINES = 200;
/** A program ends with the test that started it, however that ends. */
const WITH_PARENT = ['--pdeathsig', 'KILL'];

/** One event of a program's log. */
export type ProgramEvent = Readonly<Record<string, unknown>> & { readonly event: string };

/** `tieng-lang WORDS` as a process of its own. */
export interface Program {
  readonly pid: number;
  /**
   * Resolves with the event, from the first to the last, that fits and was not taken by an earlier
   * call; throws the program's last words when it ends before, or when it takes too long.
   */
  next(event: string, fits?: (facts: ProgramEvent) => boolean): Promise<ProgramEvent>;
  /** Sends the signal; resolves with the exit status when the process has ended. */
  end(signal?: 'SIGTERM' | 'SIGHUP' | 'SIGKILL'): Promise<number | null>;
}

const EVENT_TIMEOUT_MS = 180_000;

const lineToEvent = (line: string): ProgramEvent | undefined => {
  if (!line.startsWith('{')) return undefined;
  const parsed: unknown = JSON.parse(line);
  const isEvent = typeof parsed === 'object' && parsed !== null && 'event' in parsed;
  return isEvent ? (parsed as ProgramEvent) : undefined;
};

/** How a program is started other than from the sources, on this machine. */
export interface ProgramOptions {
  /** Words to run it with, as on another machine. */
  readonly before?: readonly string[];
  readonly executable?: string;
}

/** Starts the program; its log is read from its standard error. */
export const startProgram = (
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
  { before = [], executable }: ProgramOptions = {},
): Program => {
  const program = executable === undefined ? [process.execPath, MAIN] : [executable];
  const child = spawn('setpriv', [...WITH_PARENT, ...before, ...program, ...words], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const lines: string[] = [];
  const events: ProgramEvent[] = [];
  const looks = new Set<() => void>();
  let hasEnded = false;
  createInterface({ input: child.stderr }).on('line', (line) => {
    lines.push(line);
    if (lines.length > KEPT_LINES) lines.shift();
    const event = lineToEvent(line);
    if (event !== undefined) events.push(event);
    for (const look of looks) look();
  });
  const ended = once(child, 'close').then(() => {
    hasEnded = true;
    for (const look of looks) look();
  });
  const take = (event: string, fits: (facts: ProgramEvent) => boolean) => {
    const at = events.findIndex((each) => each.event === event && fits(each));
    return at < 0 ? undefined : events.splice(at, 1)[0];
  };
  const next: Program['next'] = (event, fits = () => true) =>
    new Promise((resolve, reject) => {
      const fail = (why: string) => reject(new Error(`${event}: ${why}\n${lines.join('\n')}`));
      const timer = setTimeout(() => settle(() => fail('never came')), EVENT_TIMEOUT_MS);
      const settle = (how: () => void) => {
        clearTimeout(timer);
        looks.delete(look);
        how();
      };
      const look = () => {
        const found = take(event, fits);
        if (found !== undefined) settle(() => resolve(found));
        else if (hasEnded) settle(() => fail('the program has ended'));
      };
      looks.add(look);
      look();
    });
  return {
    pid: child.pid ?? 0,
    next,
    end: async (signal = 'SIGTERM') => {
      child.kill(signal);
      await ended;
      return child.exitCode;
    },
  };
};

/** How a program ended, and what it said on standard error. */
export interface Ended {
  readonly status: number | null;
  readonly said: string;
}

/** Runs the program to its end. */
export const runProgram = async (
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Ended> => {
  const child = spawn(process.execPath, [MAIN, ...words], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [said, [status]] = await Promise.all([child.stderr.toArray(), once(child, 'close')]);
  return { status, said: Buffer.concat(said).toString() };
};
