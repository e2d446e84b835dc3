import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Stop } from './stop.mjs';

const pollMs = 250;
const maxWaitMs = 15 * 60_000;

/** @param {number} pid */
const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
};

/** @param {string} path @returns {boolean} whether the lock is ours now */
const take = (path) => {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  }
};

/** @param {string} path @returns {number} 0 when the holder has just gone or not yet signed */
const holderOf = (path) => {
  try {
    return Number(readFileSync(path, 'utf8'));
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return 0;
    throw error;
  }
};

/**
 * Runs `work` while no other bootstrap of this folder works. A lock whose process is gone is taken
 * over.
 * @template T
 * @param {import('./context.mjs').Context} context
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export const withLock = async ({ root, say, text }, work) => {
  const folder = join(root, '.var');
  const path = join(folder, 'bootstrap.lock');
  mkdirSync(folder, { recursive: true });
  let waitedMs = 0;
  while (!take(path)) {
    const pid = holderOf(path);
    if (pid > 0 && !isAlive(pid)) rmSync(path, { force: true });
    else if (waitedMs > maxWaitMs) {
      throw new Stop('otherBootstrapTooLong', { waitedS: maxWaitMs / 1000, pid, path });
    } else {
      if (waitedMs === 0) say(text('otherBootstrap', { pid }));
      await sleep(pollMs);
      waitedMs += pollMs;
    }
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
};
