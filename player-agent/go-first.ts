import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setPriority } from 'node:os';
import type { Logger } from '#runtime/logger.ts';

/** As far as `deploy` lets the agent's user go (`LimitNICE`). */
const NICENESS = -10;
/** The lowest of the real-time priorities: before everything that has none. */
const REAL_TIME_PRIORITY = '1';

/** The process goes before others on the machine, where the agent's user may say so. */
export const goFirst = (pid: number, log: Logger): void => {
  try {
    setPriority(pid, NICENESS);
  } catch (error) {
    log.debug({ event: 'priorityRefused', pid, error: String(error) });
  }
};

/**
 * On Linux all threads of the process, and those that they will start, run as soon as they have
 * something to do, where the agent's user may say so. Only for what sleeps nearly always, as mpv does.
 * Source: sched(7), chrt(1).
 */
export const goInRealTime = async (pid: number, log: Logger): Promise<void> => {
  goFirst(pid, log);
  if (process.platform !== 'linux') return;
  const words = ['--all-tasks', '--rr', '--pid', REAL_TIME_PRIORITY, String(pid)];
  const chrt = spawn('chrt', words, { stdio: 'ignore' });
  const code = await once(chrt, 'exit').then(([status]) => status, String);
  if (code !== 0) log.debug({ event: 'realTimeRefused', pid, code });
};
