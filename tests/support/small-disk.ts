import { execFileSync } from 'node:child_process';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './temporary-folder.ts';

/** Whether this process may mount a file system of its own. */
export const canMount = (): boolean => process.platform === 'linux' && process.getuid?.() === 0;

/** A folder on a disk of its own of `kib` KiB, unmounted when the test has finished. */
export const smallDisk = async (kib: number): Promise<string> => {
  const folder = await temporaryFolder();
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kib}k`, 'tmpfs', folder]);
  onTestFinished(() => {
    execFileSync('umount', ['--lazy', folder]);
  });
  return folder;
};
