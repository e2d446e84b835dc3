import { type ChildProcess, spawn } from 'node:child_process';
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, connect as openSocket } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** Where Debian keeps the plugin, by architecture. */
const PLUGIN_FOLDERS = ['x86_64-linux-gnu', 'aarch64-linux-gnu'];
const CONFIGURATION = new URL('../../deploy/mosquitto/mosquitto.conf', import.meta.url);
const START_TIMEOUT_MS = 60_000;

export interface RunningMosquitto {
  readonly port: number;
  readonly url: string;
  /** Kills it as a power cut would, and keeps its folder. */
  kill(): Promise<void>;
  /** Starts it again in the same folder at the same port. */
  startAgain(): Promise<void>;
  /** Ends it and removes its folder. */
  end(): Promise<void>;
}

/** A TCP port that nobody listens at now. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

/** Debian's mosquitto with deploy/mosquitto/mosquitto.conf; only folders, port and plugin path differ. */
export const startMosquitto = async (
  dynamicSecurity: string,
  { allowAnonymous = false }: { readonly allowAnonymous?: boolean } = {},
): Promise<RunningMosquitto> => {
  const folder = await mkdtemp(join(tmpdir(), 'mosquitto-'));
  const port = await freePort();
  await writeFile(join(folder, 'dynamic-security.json'), dynamicSecurity, { mode: 0o600 });
  const configuration = await adaptConfiguration(folder, port);
  const path = join(folder, 'mosquitto.conf');
  const anonymous = configuration
    .replace('allow_anonymous false', 'allow_anonymous true')
    .replaceAll(/^(plugin|plugin_opt_config_file|use_username_as_clientid) .*$/gm, '');
  await writeFile(path, allowAnonymous ? anonymous : configuration);
  let child = await launch(path, port);
  return {
    port,
    url: `mqtt://127.0.0.1:${port}`,
    kill: () => stop(child, 'SIGKILL'),
    startAgain: async () => {
      child = await launch(path, port);
    },
    end: async () => {
      await stop(child, 'SIGTERM');
      await rm(folder, { recursive: true, force: true });
    },
  };
};

const adaptConfiguration = async (folder: string, port: number): Promise<string> => {
  const text = await readFile(CONFIGURATION, 'utf8');
  return text
    .replace(/^listener 1883.*$/m, `listener ${port} 127.0.0.1`)
    .replace(/^plugin .*$/m, `plugin ${await pluginPath()}`)
    .replaceAll(/\/mosquitto\/(data|config|log)\//g, `${folder}/`)
    .concat(`\nuser ${ownUser()}\n`);
};

/** Mosquitto drops root unless it is told not to, and then could not read the test's folder. */
const ownUser = (): string => userInfo().username;

const pluginPath = async (): Promise<string> => {
  for (const folder of PLUGIN_FOLDERS) {
    const path = `/usr/lib/${folder}/mosquitto_dynamic_security.so`;
    const found = await access(path).then(
      () => true,
      () => false,
    );
    if (found) return path;
  }
  throw new Error('mosquitto_dynamic_security.so not found');
};

const launch = async (path: string, port: number): Promise<ChildProcess> => {
  const child = spawn('mosquitto', ['-c', path], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` },
  });
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (performance.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`mosquitto ended with ${child.exitCode}`);
    if (await answers(port)) return child;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('mosquitto does not answer');
};

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = openSocket(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

const stop = (child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill(signal);
  });
