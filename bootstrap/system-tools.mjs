import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * A program (or, with a slash in it, a file) that must be there, and the Debian package that brings it.
 * @typedef {{ tool: string; aptPackage: string }} Tool
 */

/** @type {Tool[]} What server and speaker call. */
export const productTools = [
  { tool: 'ffmpeg', aptPackage: 'ffmpeg' },
  { tool: 'ffprobe', aptPackage: 'ffmpeg' },
  { tool: 'mpv', aptPackage: 'mpv' },
  { tool: 'espeak-ng', aptPackage: 'espeak-ng' },
];

/** Recordings of a person's voice, for the tests that listen. */
const spokenRecordings = '/usr/share/asterisk/sounds';

/** What Chromium writes with where our own type family does not reach. */
const notoFonts = '/usr/share/fonts/truetype/noto';

/** @type {Tool[]} What the tests call besides. */
export const testTools = [
  { tool: 'pulseaudio', aptPackage: 'pulseaudio' },
  { tool: 'pactl', aptPackage: 'pulseaudio-utils' },
  { tool: 'parec', aptPackage: 'pulseaudio-utils' },
  { tool: 'mosquitto', aptPackage: 'mosquitto' },
  { tool: 'mosquitto_pub', aptPackage: 'mosquitto-clients' },
  { tool: 'openssl', aptPackage: 'openssl' },
  { tool: 'ip', aptPackage: 'iproute2' },
  { tool: 'certutil', aptPackage: 'libnss3-tools' },
  { tool: 'curl', aptPackage: 'curl' },
  { tool: 'strace', aptPackage: 'strace' },
  { tool: 'systemd-notify', aptPackage: 'systemd' },
  { tool: 'systemd-analyze', aptPackage: 'systemd' },
  { tool: 'pgrep', aptPackage: 'procps' },
  { tool: 'chromium', aptPackage: 'chromium' },
  { tool: notoFonts, aptPackage: 'fonts-noto-core' },
  { tool: spokenRecordings, aptPackage: 'asterisk-core-sounds-en-wav' },
];

/** Debian keeps daemons where a plain user's PATH does not look. */
const daemonFolders = ['/usr/sbin', '/usr/local/sbin'];

/** @param {string} path */
const isExecutable = (path) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // Not there, or not to be run: the same to us.
    return false;
  }
};

const pathHere = () => process.env.PATH ?? '';

/** @param {string} tool @param {string} [searchPath] as in PATH */
export const isThere = (tool, searchPath = pathHere()) =>
  tool.includes('/')
    ? existsSync(tool)
    : [...searchPath.split(delimiter), ...daemonFolders].some((dir) =>
        isExecutable(join(dir, tool)),
      );

/**
 * @param {Tool[]} tools
 * @param {string} [searchPath] as in PATH
 * @returns {Tool[]}
 */
export const missingTools = (tools, searchPath = pathHere()) =>
  tools.filter(({ tool }) => !isThere(tool, searchPath));
