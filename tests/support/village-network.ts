import { execFile, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './temporary-folder.ts';

const run = promisify(execFile);
const BROWSER_MS = 60_000;
const TOOL_MS = 60_000;

/** Whether this process may make networks of its own. */
export const canMakeNetworks = (): boolean =>
  process.platform === 'linux' && process.getuid?.() === 0;

export interface BrowserVisit {
  /** The file of a certificate authority that the browser trusts beside its own. */
  readonly trusting?: string;
}

/** A machine of its own, as far as its network goes. */
export interface NetworkMachine {
  /** What stands before the words of a command to run it there. */
  readonly words: readonly string[];
  /** Opens a page in a fresh browser of its own; throws what the browser says against it. */
  browse(url: string, visit?: BrowserVisit): Promise<Page>;
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

const browserArgs = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'];

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
    browse: async (url, { trusting } = {}) => {
      const home = await newHome(trusting);
      const executablePath = join(home, 'chromium');
      const words = ['ip', ...inside, 'env', `HOME=${home}`, 'chromium'];
      await writeFile(executablePath, `#!/bin/sh\nexec ${words.join(' ')} "$@"\n`, { mode: 0o700 });
      const options = { executablePath, args: browserArgs, timeout: BROWSER_MS };
      const browser = await chromium.launch(options);
      onTestFinished(() => browser.close());
      const page = await browser.newPage();
      page.setDefaultTimeout(BROWSER_MS);
      await page.goto(url);
      return page;
    },
    execute: async (command, args) =>
      (await run('ip', [...inside, command, ...args], { timeout: BROWSER_MS })).stdout,
    address: (what, address) => ip('-n', name, 'addr', what, `${address}/24`, 'dev', cable),
    cable: (how) => ip('-n', name, 'link', 'set', cable, how),
  };
};

/** Networks of tests that were killed would answer to the same addresses. */
const removeLeftNetworks = (): void => {
  const listed = execFileSync('ip', ['netns', 'list'], { timeout: TOOL_MS, encoding: 'utf8' });
  for (const [name, pid] of listed.matchAll(/^tl-(\d+)[xy]?/gm)) {
    if (!existsSync(`/proc/${pid}`)) ip('netns', 'del', name);
  }
};

/** Makes a machine that knows itself; its cable is connected later. */
const newMachine = (name: string, cable: string): NetworkMachine => {
  ip('netns', 'add', name);
  ip('-n', name, 'link', 'set', 'lo', 'up');
  return machineOf(name, cable);
};

/**
 * The machine gives its cable no address of IPv6: it would count some seconds after the cable was
 * connected, and a browser takes that for another network and gives up what it loads.
 */
const keepToGivenAddresses = (name: string, cable: string): void =>
  ip('-n', name, 'link', 'set', cable, 'addrgenmode', 'none');

/** Makes the network; its addresses are `10.93.{subnet}.0/24`. */
export const openVillageNetwork = (subnet: number): VillageNetwork => {
  removeLeftNetworks();
  const name = `tl-${process.pid}`;
  const [mine, theirs] = [`${name}a`, `${name}b`];
  const machine = newMachine(name, theirs);
  ip('link', 'add', mine, 'type', 'veth', 'peer', 'name', theirs, 'netns', name);
  keepToGivenAddresses(name, theirs);
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
  removeLeftNetworks();
  const [first, second] = [`tl-${process.pid}x`, `tl-${process.pid}y`];
  const [one, other] = [newMachine(first, 'cable'), newMachine(second, 'cable')];
  const end = ['type', 'veth', 'peer', 'name', 'cable', 'netns', second];
  ip('link', 'add', 'cable', 'netns', first, ...end);
  for (const name of [first, second]) keepToGivenAddresses(name, 'cable');
  for (const machine of [one, other]) machine.cable('up');
  return {
    one,
    other,
    remove: () => {
      for (const name of [first, second]) ip('netns', 'del', name);
    },
  };
};
