import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

const main = join(import.meta.dirname, '..', '..', '..', 'cli', 'main.ts');

/** `tieng-lang up` in a folder and a process group of its own, with what it prints. */
export const startUp = (folder: string, environment: Readonly<Record<string, string>> = {}) => {
  const up = spawn(process.execPath, [main, 'up'], {
    cwd: folder,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      TIENG_LANG_LANGUAGE: 'en',
      TIENG_LANG_STARTER_FOLDER: join(folder, 'pack'),
      TIENG_LANG_HTTP_PORT: '0',
      TIENG_LANG_MQTT_PORT: '0',
      TIENG_LANG_AGENT_AUDIO_OUTPUT: 'null',
      ...environment,
    },
  });
  onTestFinished(() => {
    if (up.exitCode === null) up.kill('SIGKILL');
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
