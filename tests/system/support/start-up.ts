import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

const main = join(import.meta.dirname, '..', '..', '..', 'cli', 'main.ts');

/** Where and how `up` runs. */
interface UpOptions {
  readonly words?: readonly string[];
  /** Words to run it with, as on another machine. */
  readonly before?: readonly string[];
}

/**
 * `tieng-lang up` in a folder and a process group of its own, with what it prints; it ends with the
 * process of the tests at the latest.
 */
export const spawnUp = (
  folder: string,
  environment: Readonly<Record<string, string>> = {},
  { words = [], before = [] }: UpOptions = {},
) => {
  const program = [...before, process.execPath, main, 'up', ...words];
  const up = spawn('setpriv', ['--pdeathsig', 'KILL', ...program], {
    cwd: folder,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      TIENG_LANG_LANGUAGE: 'en',
      TIENG_LANG_STARTER_FOLDER: join(folder, 'pack'),
      TIENG_LANG_HTTP_PORT: '0',
      TIENG_LANG_MQTT_PORT: '0',
      TIENG_LANG_MQTT_TLS_PORT: '0',
      TIENG_LANG_AGENT_AUDIO_OUTPUT: 'null',
      ...environment,
    },
  });
  const said: string[] = [];
  const lines = createInterface({ input: up.stdout });
  lines.on('line', (line) => said.push(line));
  let errors = '';
  up.stderr.on('data', (piece: Buffer) => {
    errors += piece.toString('utf8');
  });
  return { up, said, errors: () => errors, until: untilSaid(said, lines) };
};

/** As `spawnUp`; killed when the test has finished. */
export const startUp: typeof spawnUp = (...how) => {
  const started = spawnUp(...how);
  onTestFinished(() => {
    if (started.up.exitCode === null) started.up.kill('SIGKILL');
  });
  return started;
};

const untilSaid =
  (said: readonly string[], lines: ReturnType<typeof createInterface>) =>
  (words: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const found = said.find((line) => words.test(line));
      if (found !== undefined) resolve(found);
      lines.on('line', (line) => words.test(line) && resolve(line));
      lines.once('close', () => reject(new Error(`${words} was never said:\n${said.join('\n')}`)));
    });

/** Asks it alone to end and gives back its exit status. */
export const interrupt = async (up: ChildProcess): Promise<number | null> => {
  up.kill('SIGINT');
  const [status] = await once(up, 'close');
  return status;
};

/** Presses Ctrl-C: the terminal tells every process of the group. */
export const pressCtrlC = (up: ChildProcess): void => {
  if (up.pid !== undefined) process.kill(-up.pid, 'SIGINT');
};
