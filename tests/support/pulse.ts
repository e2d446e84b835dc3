import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const run = promisify(execFile);
const sinkName = 'tieng_lang';

/** A PulseAudio server of the test's own, with one null sink at 48 kHz as its only output. */
export interface PulseServer {
  /** What a program needs in its environment to play into this server and no other. */
  readonly env: { readonly PULSE_SERVER: string; readonly PULSE_RUNTIME_PATH: string };
  readonly sink: string;
  /** The source that carries what the sink plays. */
  readonly monitor: string;
  /** Mutes the sink behind the player's back, or lets it sound again. */
  mute(on: boolean): Promise<void>;
  /** Plugs in one more sink; `unplug` takes it away again. */
  plugIn(sink: string): Promise<{ unplug(): Promise<void> }>;
  stop(): Promise<void>;
}

/** The modules of the server; no file of the machine's own configuration is read. */
const modules = (socket: string): string[] => [
  `module-null-sink sink_name=${sinkName} rate=48000 channels=2`,
  `module-native-protocol-unix socket=${socket} auth-anonymous=1`,
];

/** Resolves when the server says that it runs; throws its last words when it ends before. */
const started = async (server: ChildProcess): Promise<void> => {
  if (server.stderr === null) throw new Error('PulseAudio was started without a pipe');
  const lines = createInterface({ input: server.stderr });
  const words: string[] = [];
  for await (const line of lines) {
    if (line.includes('Daemon startup complete')) {
      lines.close();
      server.stderr.resume();
      return;
    }
    words.push(line);
  }
  throw new Error(`PulseAudio did not start: ${words.slice(-5).join(' | ')}`);
};

/**
 * Starts a private PulseAudio server, which ends with the test's process, however that ends;
 * resolves when programs can connect to it. One that is started in the folder of another takes its
 * place.
 */
export const startPulse = async (inFolder?: string): Promise<PulseServer> => {
  const folder = inFolder ?? (await mkdtemp(join(tmpdir(), 'tieng-lang-pulse-')));
  await mkdir(folder, { recursive: true });
  const socket = join(folder, 'native');
  const env = { PULSE_SERVER: `unix:${socket}`, PULSE_RUNTIME_PATH: folder };
  const options = ['-n', '--daemonize=no', '--exit-idle-time=-1', '--use-pid-file=no'];
  const loaded = modules(socket).flatMap((module) => ['-L', module]);
  const command = ['pulseaudio', ...options, '--log-target=stderr', '-v', ...loaded];
  const server = spawn('setpriv', ['--pdeathsig', 'KILL', ...command], {
    env: { ...process.env, ...env, HOME: folder },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await once(server, 'spawn');
  await started(server);
  const pactl = async (...words: string[]): Promise<string> => {
    const { stdout } = await run('pactl', words, { env: { ...process.env, ...env } });
    return stdout.trim();
  };
  return {
    env,
    sink: sinkName,
    monitor: `${sinkName}.monitor`,
    mute: async (on) => {
      await pactl('set-sink-mute', sinkName, on ? '1' : '0');
    },
    plugIn: async (sink) => {
      const named = [`sink_name=${sink}`, 'rate=48000', 'channels=2'];
      const module = await pactl('load-module', 'module-null-sink', ...named);
      return {
        unplug: async () => {
          await pactl('unload-module', module);
        },
      };
    },
    stop: async () => {
      if (server.exitCode === null && server.signalCode === null) {
        server.kill('SIGTERM');
        await once(server, 'exit');
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
};
