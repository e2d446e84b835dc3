import { execFile, execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './temporary-folder.ts';

const run = promisify(execFile);
/** A browser that has not shown its page by then will not. */
const BROWSER_MS = 20_000;
const TOOL_MS = 5_000;

/** Whether this process may make networks of its own. */
export const canMakeNetworks = (): boolean =>
  process.platform === 'linux' && process.getuid?.() === 0;

/** A network of its own with this machine in it and one other, which has a browser. */
export interface VillageNetwork {
  /** This machine's address in it. */
  readonly address: string;
  /** What the other machine's browser makes of a page, and what it said of the certificate. */
  browse(url: string, trusting?: string): Promise<{ readonly page: string; readonly said: string }>;
  /** Runs a program on the other machine. */
  execute(command: string, args: readonly string[]): Promise<string>;
  remove(): void;
}

const browserArgs = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--dump-dom',
];

/** A fresh home; with the certificate authority of a file in its store if one is given. */
const newHome = async (trusting: string | undefined): Promise<string> => {
  const home = await temporaryFolder();
  if (trusting === undefined) return home;
  const store = join(home, '.pki', 'nssdb');
  await mkdir(store, { recursive: true });
  const password = join(home, 'no-password');
  await writeFile(password, '\n');
  const certutil = (...args: string[]) =>
    execFileSync('certutil', ['-d', `sql:${store}`, '-f', password, ...args], {
      timeout: TOOL_MS,
      stdio: 'ignore',
    });
  certutil('-N');
  certutil('-A', '-n', 'site', '-t', 'C,,', '-i', trusting);
  return home;
};

/** Makes the network; its addresses are `10.93.{subnet}.0/24`. */
export const openVillageNetwork = (subnet: number): VillageNetwork => {
  const name = `tl-${process.pid}`;
  const [here, there] = [`${name}a`, `${name}b`];
  const ip = (...args: string[]) => execFileSync('ip', args, { timeout: TOOL_MS });
  ip('netns', 'add', name);
  ip('link', 'add', here, 'type', 'veth', 'peer', 'name', there, 'netns', name);
  ip('addr', 'add', `10.93.${subnet}.1/24`, 'dev', here);
  ip('link', 'set', here, 'up');
  ip('-n', name, 'addr', 'add', `10.93.${subnet}.2/24`, 'dev', there);
  ip('-n', name, 'link', 'set', there, 'up');
  const inside = ['netns', 'exec', name];
  return {
    address: `10.93.${subnet}.1`,
    browse: async (url, trusting) => {
      const home = await newHome(trusting);
      const profile = `--user-data-dir=${join(home, 'profile')}`;
      const browser = ['env', `HOME=${home}`, 'chromium', ...browserArgs, profile, url];
      const shown = run('ip', [...inside, ...browser], { timeout: BROWSER_MS });
      onTestFinished(() => void shown.child.kill());
      const { stdout, stderr } = await shown;
      return { page: stdout, said: stderr };
    },
    execute: async (command, args) =>
      (await run('ip', [...inside, command, ...args], { timeout: BROWSER_MS })).stdout,
    remove: () => void ip('netns', 'del', name),
  };
};
