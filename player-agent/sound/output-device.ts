import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { Clock } from '#runtime/clock.ts';
import type { PlayerOutput } from '../ports/player.ts';

/** A sound server that has not taken a connection after this is not there. */
const CONNECT_TIMEOUT_MS = 1_000;
const PULSE_TCP_PORT = 4713;
const alsaCards = '/proc/asound/cards';

/** mpv takes the next one for as long as the sound server is gone. */
const PULSE_OR_CARD = 'pulse,alsa';

/** How mpv is told where sound goes; null leaves the choice to mpv. */
export interface ChosenOutput {
  readonly driver: PlayerOutput['driver'];
  /** As in `--ao`: with commas the first that can be opened. */
  readonly ao: string | null;
  readonly device: string | null;
}

export interface OutputOptions {
  readonly clock: Clock;
  readonly env: NodeJS.ProcessEnv;
  /** What the administrator has set, in mpv's words (`--ao`, `--audio-device`); null to look. */
  readonly ao: string | null;
  readonly device: string | null;
}

/** What is looked for, from the worst on; whatever was set by hand is looked for no further. */
const outputsFound: readonly (string | null)[] = ['null', 'alsa', PULSE_OR_CARD];

const rankOf = ({ ao, device }: ChosenOutput): number =>
  device === null ? outputsFound.indexOf(ao) : -1;

/** Whether a better output than the one in use may be found at all. */
export const mayBeBettered = (used: ChosenOutput): boolean =>
  rankOf(used) >= 0 && rankOf(used) < outputsFound.length - 1;

/** Whether sound should go over to the output that was found now. */
export const isBetterOutput = (found: ChosenOutput, used: ChosenOutput): boolean =>
  mayBeBettered(used) && rankOf(found) > rankOf(used);

const silent: ChosenOutput = { driver: 'null', ao: 'null', device: null };
const systemOutput = (ao: string | null): ChosenOutput => ({ driver: 'system', ao, device: null });

/** Where PulseAudio, or PipeWire in its place, would listen. Source: PulseAudio's client.conf(5). */
const pulsePlaces = (env: NodeJS.ProcessEnv): string[] => {
  if (env.PULSE_SERVER) return env.PULSE_SERVER.split(' ').filter((place) => place !== '');
  const folders = [
    env.PULSE_RUNTIME_PATH,
    env.XDG_RUNTIME_DIR && join(env.XDG_RUNTIME_DIR, 'pulse'),
    `/run/user/${process.getuid?.() ?? 0}/pulse`,
    '/run/pulse',
  ];
  return folders.filter((folder) => folder).map((folder) => `unix:${folder}/native`);
};

const connectTo = (place: string) => {
  const bare = place.replace(/^\{[^}]*\}/, '');
  if (bare.startsWith('/')) return connect(bare);
  if (bare.startsWith('unix:')) return connect(bare.slice('unix:'.length));
  const [host = '', port] = bare.replace(/^tcp[46]?:/, '').split(':');
  return connect(Number(port ?? PULSE_TCP_PORT), host);
};

const isListening = (place: string, clock: Clock): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connectTo(place);
    const settle = (found: boolean) => {
      timer.cancel();
      socket.destroy();
      resolve(found);
    };
    const timer = clock.at(clock.positionMs() + CONNECT_TIMEOUT_MS, () => settle(false));
    socket.once('connect', () => settle(true)).on('error', () => settle(false));
  });

const hasPulse = async ({ env, clock }: OutputOptions): Promise<boolean> => {
  for (const place of pulsePlaces(env)) {
    if (await isListening(place, clock)) return true;
  }
  return false;
};

const hasAlsaCard = (): Promise<boolean> =>
  readFile(alsaCards, 'utf8').then(
    (text) => /^\s*\d+ \[/m.test(text),
    () => false,
  );

/**
 * Where sound goes: as configured; else into PulseAudio if it listens, and to an ALSA card while it
 * does not any more; else to an ALSA card if one is there, else into mpv's null output, which keeps real time and sounds nowhere. Outside Linux mpv
 * finds the system's output by itself.
 */
export const chooseOutput = async (options: OutputOptions): Promise<ChosenOutput> => {
  const { ao, device } = options;
  if (ao === 'null') return silent;
  if (ao !== null || device !== null) return { driver: 'system', ao, device };
  if (process.platform !== 'linux') return systemOutput(null);
  if (await hasPulse(options)) return systemOutput(PULSE_OR_CARD);
  return (await hasAlsaCard()) ? systemOutput('alsa') : silent;
};
