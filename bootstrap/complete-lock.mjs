// A registry that holds only some platforms' binaries makes npm write a lock file that `npm ci` then
// refuses as incomplete. This adds the binaries it left out, by the exact version their parent asks
// for; without a hash, which only a registry that holds them knows.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './context.mjs';

/**
 * @typedef {{
 *   version?: string;
 *   dev?: boolean;
 *   optionalDependencies?: Record<string, string>;
 * }} LockedPackage
 * @typedef {Record<string, LockedPackage>} LockedPackages
 */

const platformPattern = /-(android|darwin|freebsd|linux|openharmony|win32)-([a-z0-9]+)(?:-(\w+))?$/;
const libcByAbi = /** @type {Record<string, string>} */ ({ gnu: 'glibc', musl: 'musl' });

/** @param {string} name */
const platformOf = (name) => {
  const [, os, cpu, abi] = platformPattern.exec(name) ?? [];
  if (os === undefined || cpu === undefined) return {};
  const libc = os === 'linux' ? libcByAbi[abi ?? ''] : undefined;
  return { os: [os], cpu: [cpu], ...(libc === undefined ? {} : { libc: [libc] }) };
};

/** @param {LockedPackages} packages @param {string} path @param {string} name */
const isLocked = (packages, path, name) =>
  `node_modules/${name}` in packages || `${path}/node_modules/${name}` in packages;

/**
 * The optional packages that somebody in the lock asks for and that the lock does not hold.
 * @param {LockedPackages} packages
 */
export const missingOptionals = (packages) =>
  Object.entries(packages).flatMap(([path, { optionalDependencies = {}, dev }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !isLocked(packages, path, name))
      .map(([name, version]) => ({ name, version, dev: dev === true })),
  );

/** @param {LockedPackages} packages @returns {LockedPackages} */
const complete = (packages) => {
  const added = missingOptionals(packages).map(({ name, version, dev }) => [
    `node_modules/${name}`,
    { version, ...platformOf(name), ...(dev ? { dev } : {}), optional: true },
  ]);
  const all = [...Object.entries(packages), ...added];
  return Object.fromEntries(all.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)));
};

if (process.argv[1] === import.meta.filename) {
  const path = join(projectRoot, 'package-lock.json');
  const lock = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(
    path,
    `${JSON.stringify({ ...lock, packages: complete(lock.packages) }, null, 2)}\n`,
  );
}
