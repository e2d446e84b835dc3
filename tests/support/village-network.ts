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

/** A machine of its own, as far as its network goes. */
export interface NetworkMachine {
  /** What stands before the words of a command to run it there. */
  readonly words: readonly string[];
  /** What its browser makes of a page, and what it said of the certificate. */
  browse(url: string, trusting?: string): Promise<{ readonly page: string; readonly said: string }>;
  /** Runs a program there; gives back its standard output, and throws when it fails. */
  execute(command: string, args: readonly string[]): Promise<string>;
  /** Takes an address, or gives it away. */
  address(what: 'add' | 'del', address: string): void;
  /** Connects its one network cable, or disconnects it. */
  cable(how: 'up' | 'down'): void;
}

/** A network of its own with this machine in it and one other. */
export interface VillageNetwork extends NetworkMachine {
  /** This machine's address in it. */
  readonly here: string;
  remove(): void;
}

/** A network of two machines, neither of which is this one. */
export interface TwoMachines {
  readonly one: NetworkMachine;
  readonly other: NetworkMachine;
  remove(): void;
}

const browserArgs = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  // What the page asks for is awaited.
  '--virtual-time-budget=5000',
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

const ip = (...args: string[]): void => void execFileSync('ip', args, { timeout: TOOL_MS });

const machineOf = (name: string, cable: string): NetworkMachine => {
  const inside = ['netns', 'exec', name];
  return {
    words: ['ip', ...inside],
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
    address: (what, address) => ip('-n', name, 'addr', what, `${address}/24`, 'dev', cable),
    cable: (how) => ip('-n', name, 'link', 'set', cable, how),
  };
};

/** Makes a machine that knows itself; its cable is connected later. */
const newMachine = (name: string, cable: string): NetworkMachine => {
  ip('netns', 'add', name);
  ip('-n', name, 'link', 'set', 'lo', 'up');
  return machineOf(name, cable);
};

/** Makes the network; its addresses are `10.93.{subnet}.0/24`. */
export const openVillageNetwork = (subnet: number): VillageNetwork => {
  const name = `tl-${process.pid}`;
  const [mine, theirs] = [`${name}a`, `${name}b`];
  const machine = newMachine(name, theirs);
  ip('link', 'add', mine, 'type', 'veth', 'peer', 'name', theirs, 'netns', name);
  ip('addr', 'add', `10.93.${subnet}.1/24`, 'dev', mine);
  ip('link', 'set', mine, 'up');
  machine.address('add', `10.93.${subnet}.2`);
  machine.cable('up');
  return {
    ...machine,
    here: `10.93.${subnet}.1`,
    remove: () => ip('netns', 'del', name),
  };
};

/** Makes two machines with a cable between them; addresses are up to the test. */
export const openTwoMachines = (): TwoMachines => {
  const [first, second] = [`tl-${process.pid}x`, `tl-${process.pid}y`];
  const [one, other] = [newMachine(first, 'cable'), newMachine(second, 'cable')];
  const end = ['type', 'veth', 'peer', 'name', 'cable', 'netns', second];
  ip('link', 'add', 'cable', 'netns', first, ...end);
  for (const machine of [one, other]) machine.cable('up');
  return {
    one,
    other,
    remove: () => {
      for (const name of [first, second]) ip('netns', 'del', name);
    },
  };
};
