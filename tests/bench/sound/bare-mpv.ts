import { spawn } from 'node:child_process';
import { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { monoMs } from '../../support/sink-recording.ts';

/** mpv opens the list so long before its instant. */
const AHEAD_MS = 1_000;

/** One list that mpv played by itself; instants of the machine's monotonic clock. */
export interface BareStart {
  readonly wantedMs: number;
  /** From the release to the `end-file` of the last clip: what a log of events would claim. */
  readonly claimedMs: number;
}

/** mpv and nothing else: loaded paused, released by a timer of the runtime. */
export interface BareMpv {
  /** Lets the clips sound a second from now. */
  play(clips: readonly string[], lengthMs: number): Promise<BareStart>;
  stop(): void;
}

export const startBareMpv = (env: NodeJS.ProcessEnv, sink: string): BareMpv => {
  const quiet = ['--idle', '--no-video', '--no-config', '--no-terminal', '--pause', '--ao=pulse'];
  const own = [`--audio-device=pulse/${sink}`, '--input-ipc-client=fd://3'];
  const mpv = spawn('mpv', [...quiet, ...own], {
    env,
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const ipc = mpv.stdio[3];
  if (!(ipc instanceof Duplex)) throw new Error('mpv has no connection');
  let endedMs = 0;
  ipc.on('data', (piece: Buffer) => {
    if (piece.includes('"end-file"')) endedMs = monoMs();
  });
  const command = (...words: unknown[]) => ipc.write(`${JSON.stringify({ command: words })}\n`);
  return {
    play: async (clips, lengthMs) => {
      command('set_property', 'pause', true);
      for (const [index, clip] of clips.entries()) {
        command('loadfile', clip, index === 0 ? 'replace' : 'append');
      }
      const wantedMs = monoMs() + AHEAD_MS;
      await sleep(AHEAD_MS);
      command('set_property', 'pause', false);
      await sleep(lengthMs + AHEAD_MS / 2);
      return { wantedMs, claimedMs: endedMs - wantedMs };
    },
    stop: () => ipc.end(),
  };
};
