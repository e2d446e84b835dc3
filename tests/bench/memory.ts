import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { createServerPlace } from '../support/running-server.ts';
import type { Figure } from './figure.ts';

const root = join(import.meta.dirname, '..', '..');
/** How long both are left alone before they are looked at. */
const SETTLE_MS = 20_000;
const BYTES_A_KIB = 1024;
const BYTES_A_MB = 1_000_000;

/** Resident memory of a process, in megabytes. */
const residentMb = async (pid: number): Promise<number> => {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const kib = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]);
  return (kib * BYTES_A_KIB) / BYTES_A_MB;
};

/** Starts the program and resolves when it has said that its link stands. */
const startLinked = async (
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<ChildProcess> => {
  const child = spawn(process.execPath, words, {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...environment },
  });
  for await (const line of createInterface({ input: child.stderr })) {
    if (line.includes('"linkConnected"')) return child;
  }
  throw new Error(`${words[0]} ended before it was linked`);
};

const measured = async (child: ChildProcess): Promise<number> => {
  child.stderr?.resume();
  await sleep(SETTLE_MS);
  const resident = await residentMb(child.pid ?? 0);
  child.kill('SIGTERM');
  await once(child, 'exit');
  return resident;
};

/** What an agent at rest keeps in memory, without mpv, beside Node with mqtt and zod alone. */
export async function* figures(): AsyncGenerator<Figure> {
  const place = await createServerPlace();
  const server = await place.run();
  try {
    const code = await server.issueCodeForWaitingSpeaker();
    const agent = startLinked(['cli/main.ts', 'agent'], {
      TIENG_LANG_AGENT_FOLDER: join(place.folder, 'agent'),
      TIENG_LANG_AGENT_SERVER_URL: server.url,
      TIENG_LANG_AGENT_ENROL_CODE: code?.code ?? '',
      TIENG_LANG_AGENT_AUDIO_OUTPUT: 'null',
    });
    const bare = startLinked(['tests/support/processes/bare-client.ts', 'mqtt://127.0.0.1:1'], {});
    const [value, raw] = await Promise.all([agent.then(measured), bare.then(measured)]);
    const rawWhat = 'Node with mqtt and zod, waiting';
    yield { figure: 'agentResident', value, unit: 'MB', raw, rawWhat, ratio: value / raw };
  } finally {
    await server.stop();
    await place.remove();
  }
}
