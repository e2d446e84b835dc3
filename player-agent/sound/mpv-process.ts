import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { Duplex } from 'node:stream';
import { type Clock, wait } from '#runtime/clock.ts';
import type { Logger } from '#runtime/logger.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import { goInRealTime } from '../go-first.ts';
import { createMpvIpc, type MpvEvent, type MpvIpc } from './mpv-ipc.ts';

/** mpv is started anew at most so often in this time; then it stays down but for what is urgent. */
const MAX_STARTS = 6;
const STARTS_WINDOW_MS = 600_000;
/** A named pipe is tried so often, so far apart, until mpv has made it. */
const CONNECT_TRIES = 100;
const CONNECT_PAUSE_MS = 50;
/** The file descriptor that mpv inherits as its connection. */
const IPC_DESCRIPTOR = 3;

type Failure = ProblemOf<'audioToolFailed'> | ProblemOf<'audioToolMissing'>;

export interface MpvProcessOptions {
  readonly clock: Clock;
  readonly log: Logger;
  readonly mpvPath: string;
  /** A name for the connection on systems that cannot inherit one; unlike any other's. */
  readonly pipeName: string;
  readonly argumentsFor: (ipc: string) => string[];
  readonly env: NodeJS.ProcessEnv;
  readonly onEvent: (event: MpvEvent) => void;
  /** mpv has gone, whether asked to or not. */
  readonly onExit: () => void;
}

/** One mpv at a time, started when it is needed and again when it has died. */
export interface MpvProcess {
  /**
   * The connection to a living mpv; what is urgent gets a new one however often mpv has died.
   * Errors: audioToolMissing, audioToolFailed.
   */
  running(isUrgent?: boolean): Promise<Result<MpvIpc, Failure>>;
  /** Ends a mpv that does not answer; the next `running` starts another. */
  kill(): void;
  close(): Promise<void>;
}

/**
 * On Linux and macOS mpv inherits one end of a socket pair and quits when the other end closes, so
 * that no sound outlives the agent, however that ends. Windows knows only named pipes.
 * Source: mpv 0.35 manual, `--input-ipc-client`.
 */
const inherits = process.platform !== 'win32';

const connectPipe = async (path: string, clock: Clock): Promise<Duplex | null> => {
  for (let tries = 0; tries < CONNECT_TRIES; tries += 1) {
    const socket = connect(path);
    const connected = await once(socket, 'connect').catch(() => null);
    if (connected !== null) return socket;
    socket.destroy();
    await wait(clock, CONNECT_PAUSE_MS);
  }
  return null;
};

const streamOf = async (
  child: ChildProcess,
  path: string,
  clock: Clock,
): Promise<Duplex | null> => {
  if (!inherits) return connectPipe(path, clock);
  const inherited = child.stdio[IPC_DESCRIPTOR];
  return inherited instanceof Duplex ? inherited : null;
};

const spawned = (child: ChildProcess): Promise<Failure | null> =>
  once(child, 'spawn').then(
    () => null,
    (error: NodeJS.ErrnoException) =>
      error.code === 'ENOENT'
        ? { code: 'audioToolMissing', tool: 'mpv' }
        : { code: 'audioToolFailed', detail: error.code ?? error.message },
  );

/** Keeps one mpv at hand; nothing is started before `running` is asked. */
export const createMpvProcess = (options: MpvProcessOptions): MpvProcess => {
  const { clock, log } = options;
  const starts: number[] = [];
  let startCount = 0;
  let child: ChildProcess | null = null;
  let ipc: MpvIpc | null = null;
  let starting: Promise<Result<MpvIpc, Failure>> | null = null;
  let closed = false;

  const gone = (which: ChildProcess, code: number | null, signal: string | null) => {
    log.info({ event: 'mpvExited', pid: which.pid, code, signal });
    if (child === which) child = null;
  };
  const start = async (): Promise<Result<MpvIpc, Failure>> => {
    const path = `\\\\.\\pipe\\${options.pipeName}-${startCount}`;
    startCount += 1;
    const flag = inherits
      ? `--input-ipc-client=fd://${IPC_DESCRIPTOR}`
      : `--input-ipc-server=${path}`;
    const next = spawn(options.mpvPath, options.argumentsFor(flag), {
      env: options.env,
      stdio: ['ignore', 'ignore', 'ignore', inherits ? 'pipe' : 'ignore'],
      windowsHide: true,
      // Ctrl-C goes to every process of the terminal's group; the agent alone ends what sounds.
      detached: inherits,
    });
    const failure = await spawned(next);
    if (failure !== null) return refuse(failure);
    child = next;
    next.on('error', (error) => log.warn({ event: 'mpvTrouble', error: error.message }));
    next.on('exit', (code, signal) => gone(next, code, signal));
    const stream = await streamOf(next, path, clock);
    if (stream === null) {
      next.kill('SIGKILL');
      return refuse({ code: 'audioToolFailed', detail: 'notConnected' });
    }
    const onClose = () => {
      ipc = null;
      next.kill('SIGKILL');
      options.onExit();
    };
    const connected = createMpvIpc(stream, { clock, onEvent: options.onEvent, onClose });
    ipc = connected;
    log.info({ event: 'mpvStarted', pid: next.pid });
    // It may die meanwhile: then its connection says so.
    if (next.pid !== undefined) await goInRealTime(next.pid, log);
    return ok(connected);
  };
  const mayStart = (isUrgent: boolean) => {
    const now = clock.positionMs();
    while ((starts[0] ?? now) < now - STARTS_WINDOW_MS) starts.shift();
    if (closed || (starts.length >= MAX_STARTS && !isUrgent)) return false;
    starts.push(now);
    if (starts.length > MAX_STARTS) starts.shift();
    return true;
  };
  return {
    running: async (isUrgent = false) => {
      if (ipc !== null) return ok(ipc);
      if (starting !== null) return starting;
      if (!mayStart(isUrgent))
        return refuse({ code: 'audioToolFailed', detail: 'startsExhausted' });
      starting = start().finally(() => {
        starting = null;
      });
      return starting;
    },
    kill: () => ipc?.close(),
    close: async () => {
      closed = true;
      const last = child;
      ipc?.close();
      if (last !== null && last.exitCode === null && last.signalCode === null) {
        await once(last, 'exit');
      }
    },
  };
};
