import { execFile } from 'node:child_process';
import type { SystemTime } from '../ports/system-time.ts';
import { chronyToUncertaintyMs, timedateToUncertaintyMs } from './ntp-words.ts';

/** A command that has not answered by then says nothing, in milliseconds. */
const MAX_ANSWER_MS = 5_000;
const MAX_ANSWER_BYTES = 65_536;

/** What a command prints; empty when it is not there, fails or hangs. */
const printedBy = (command: string, words: readonly string[]): Promise<string> =>
  new Promise((resolve) => {
    const options = {
      timeout: MAX_ANSWER_MS,
      maxBuffer: MAX_ANSWER_BYTES,
      env: { ...process.env, LC_ALL: 'C' },
    };
    execFile(command, [...words], options, (error, stdout) => resolve(error ? '' : stdout));
  });

/** Asks chrony, which knows how good its time is, and otherwise systemd. */
export const linuxSystemTime: SystemTime = {
  uncertaintyMs: async () =>
    chronyToUncertaintyMs(await printedBy('chronyc', ['-c', '-n', 'tracking'])) ??
    timedateToUncertaintyMs(await printedBy('timedatectl', ['show', '--property=NTPSynchronized'])),
};
