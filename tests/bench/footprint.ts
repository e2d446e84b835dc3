import { execFileSync, spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Program, startProgram } from '../support/program.ts';
import { startPulse } from '../support/pulse.ts';
import { createServerPlace } from '../support/running-server.ts';
import type { Figure } from './figure.ts';
import { median } from './figure.ts';

const root = join(import.meta.dirname, '..', '..');
/** How long programs are left alone before they are looked at, and how long they are looked at. */
const SETTLE_MS = 20_000;
const PLAYING_MS = 30_000;
const IDLE_MS = 60_000;
const STARTS = 5;
const BYTES_A_KIB = 1024;
const BYTES_A_MB = 1_000_000;
/** A broadcast that sounds for longer than it is looked at. */
const SCRIPT = Array.from({ length: 40 }, () => 'Đây là buổi phát thử của xã nhà.');

/** Resident memory of a process, in megabytes. */
const residentMb = async (pid: number): Promise<number> => {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const kib = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]);
  return (kib * BYTES_A_KIB) / BYTES_A_MB;
};

const ticksASecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** The processor time that a process has used, in seconds. */
const usedS = async (pid: number): Promise<number> => {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  // Behind the name, which may hold anything, stand the state and ten numbers before the two times.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksASecond;
};

/** The share of one core that the processes use together over that time, in percent. */
const shareOfCore = async (pids: readonly number[], ms: number): Promise<number> => {
  const used = async () => (await Promise.all(pids.map(usedS))).reduce((sum, s) => sum + s, 0);
  const fromMs = performance.now();
  const before = await used();
  await sleep(ms);
  const after = await used();
  return (100 * (after - before)) / ((performance.now() - fromMs) / 1000);
};

/** Makes the executable as it is shipped. */
const makeRelease = async (folder: string): Promise<string> => {
  execFileSync(process.execPath, ['bootstrap/release.mjs', '--out', folder], { cwd: root });
  const names = await readdir(folder);
  const name = names.find((each) => /^tieng-lang-/.test(each) && !each.endsWith('.sha256'));
  return join(folder, name ?? '');
};

/** How long until the program says the event, in milliseconds. */
const startMs = async (start: () => Program, event: string): Promise<number> => {
  const fromMs = performance.now();
  const program = start();
  await program.next(event);
  const tookMs = performance.now() - fromMs;
  await program.end();
  return tookMs;
};

const bareClient = () =>
  startProgram(['mqtt://127.0.0.1:1'], {}, { executable: BARE, before: [process.execPath] });
const BARE = join(root, 'tests', 'support', 'processes', 'bare-client.mjs');

/** What a speaker costs its box: memory, processor and patience, as the release is shipped. */
export async function* figures(): AsyncGenerator<Figure> {
  const place = await createServerPlace([{ key: 'phat-thu', trial: true, script: SCRIPT }]);
  const pulse = await startPulse();
  const server = await place.run({ settings: { STARTER_QUIET_HOURS: 'none' } });
  try {
    const executable = await makeRelease(join(place.folder, 'release'));
    const issued = await server.issueCodeForWaitingSpeaker();
    const environment = {
      ...pulse.env,
      TIENG_LANG_AGENT_FOLDER: join(place.folder, 'agent'),
      TIENG_LANG_AGENT_SERVER_URL: server.url,
      TIENG_LANG_AGENT_ENROL_CODE: issued?.code ?? '',
      TIENG_LANG_AGENT_AUDIO_OUTPUT: 'pulse',
    };
    const startAgent = () => startProgram(['agent'], environment, { executable });
    const agent = startAgent();
    const mpvPid = Number((await agent.next('mpvStarted')).pid);
    const both = [agent.pid, mpvPid];
    await agent.next('itemSounds');
    const [clip = ''] = await readdir(join(place.folder, 'agent', 'clips'));
    const alone = mpvAlone(join(place.folder, 'agent', 'clips', clip), pulse.env);
    await sleep(SETTLE_MS);
    const playing = [both, [agent.pid], [alone.pid ?? 0]].map((pids) =>
      shareOfCore(pids, PLAYING_MS),
    );
    const [together = 0, agentOnly = 0, mpvOnly = 0] = await Promise.all(playing);
    alone.kill();
    const rawWhat = 'mpv alone playing the same clip, of one core';
    yield { ...core('agentAndPlayerPlaying', together, mpvOnly), rawWhat };
    yield core('agentPlaying', agentOnly);
    await agent.next('recordWritten', ({ kind }) => kind === 'ended');
    const bare = bareClient();
    await bare.next('linkConnected');
    await sleep(SETTLE_MS);
    yield core('agentAndPlayerIdle', await shareOfCore(both, IDLE_MS));
    const [value, raw] = await Promise.all([residentMb(agent.pid), residentMb(bare.pid)]);
    yield { figure: 'agentResident', value, unit: 'MB', raw, rawWhat: WAITING, ratio: value / raw };
    await Promise.all([agent.end(), bare.end()]);
    yield await coldStart(startAgent);
  } finally {
    await server.stop();
    await pulse.stop();
    await place.remove();
  }
}

const WAITING = 'Node with mqtt and zod, waiting';

const core = (figure: string, value: number, raw = 100): Figure => ({
  ...{ figure, value, unit: '%', raw, rawWhat: 'one core', ratio: value / raw },
});

const mpvAlone = (path: string, env: Readonly<Record<string, string>>) => {
  const quiet = ['--no-config', '--no-terminal', '--no-video', '--load-scripts=no', '--ao=pulse'];
  return spawn('mpv', [...quiet, path], { env: { ...process.env, ...env }, stdio: 'ignore' });
};

const coldStart = async (startAgent: () => Program): Promise<Figure> => {
  const ours: number[] = [];
  const bare: number[] = [];
  while (ours.length < STARTS) {
    ours.push(await startMs(startAgent, 'agentStarted'));
    bare.push(await startMs(bareClient, 'linkConnected'));
  }
  const [value, raw] = [median(ours), median(bare)];
  const rawWhat = 'Node with mqtt and zod, started';
  return { figure: 'readyToPlay', value, unit: 'ms', raw, rawWhat, ratio: value / raw };
};
