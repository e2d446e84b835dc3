import { networkInterfaces } from 'node:os';
import { createEspeakSpeech } from '#content/espeak-speech.ts';
import { createFfmpegAudioTools } from '#content/ffmpeg-audio-tools.ts';
import { createPiperSpeech } from '#content/piper-speech.ts';
import { createSeveralVoices } from '#content/several-voices.ts';
import { systemClock, systemEntropy } from '#runtime/clock.ts';
import { instantToIso } from '#runtime/day-table.ts';
import { createLogger } from '#runtime/logger.ts';
import type { Problem } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import { type ClipDesk, openClipDesk } from './clip-desk.ts';
import { composeServer, startStarterJob } from './compose.ts';
import type { ServerConfig } from './config.ts';
import { loadConfig } from './config-load.ts';
import { createLife, type Life } from './life.ts';
import type { ServerPorts } from './ports/server-ports.ts';
import {
  ensureFirstAdministrator,
  type FirstSignIn,
} from './services/ensure-first-administrator.ts';
import { type IssuedCode, issueEnrolmentCode } from './services/issue-enrolment-code.ts';
import type { Surroundings } from './surroundings.ts';
import { otherAddressesOf } from './tls/private-names.ts';

/**
 * The configuration of a server from the environment and the one file. Errors: fileUnreadable,
 * configurationInvalid with every mistake at once.
 */
export const configureServer = (
  environment: Readonly<Record<string, string | undefined>>,
  folder: string,
): Promise<Result<ServerConfig, Problem>> => loadConfig(environment, folder);

/** Work on the clips of the server with that configuration, on its machine, beside it. */
export const openClipsOf = (config: ServerConfig): ClipDesk => openClipDesk(config);

export interface TrustFacts {
  readonly fingerprint: string;
  /** Undefined as long as no other machine can reach this one. */
  readonly pageUrl: string | undefined;
  /** The addresses of this machine for which the site cannot vouch, separated by commas. */
  readonly otherAddresses: string;
}

/** A server that listens. */
export interface RunningServer {
  /** Where people and speakers reach it over HTTP; follows the machine's address. */
  readonly url: string;
  /** Where programs on the machine itself reach it, without a certificate. */
  readonly hereUrl: string;
  readonly brokerUrl: string;
  readonly zone: string;
  /**
   * How devices come to trust the server, where it vouches for itself: the fingerprint to compare,
   * and the page that explains it.
   */
  readonly trust: TrustFacts | undefined;
  /** How the first administrator signs in, as long as nobody has taken over. */
  readonly firstSignIn: FirstSignIn | undefined;
  /**
   * A code for the speaker that has waited longest for its machine; undefined when none waits. For
   * who starts server and speaker on one machine.
   */
  issueCodeForWaitingSpeaker(): Promise<IssuedCode | undefined>;
  /** Stops taking requests, finishes what is under way, and closes everything. */
  stop(): Promise<void>;
}

const machineSurroundings = (config: ServerConfig, given: Partial<Surroundings>): Surroundings => {
  const clock = given.clock ?? systemClock();
  return {
    clock,
    entropy: given.entropy ?? systemEntropy,
    log: given.log ?? createLogger('server', config.logLevel),
    audio: given.audio ?? createFfmpegAudioTools(clock),
    speech:
      given.speech ??
      createSeveralVoices(createEspeakSpeech(clock), createPiperSpeech(clock, config.piper)),
    interfaces: given.interfaces ?? networkInterfaces,
  };
};

const codeForWaitingSpeaker = async (ports: ServerPorts): Promise<IssuedCode | undefined> => {
  const waiting = (await ports.store.speakers()).find(({ state }) => state === 'awaiting');
  if (waiting === undefined) return undefined;
  const issued = await issueEnrolmentCode(ports, { kind: 'system', id: 'server' }, waiting.id);
  return issued.ok ? issued.value : undefined;
};

/** Long before this program was written, 2025-01-01T00:00:00Z: such a clock has not been set. */
const EARLIEST_NOW_MS = 1_735_689_600_000;

/**
 * Starts a server: database, broker, link and HTTP, and in the background the starter's bulletins.
 * Nothing stays open when it refuses. Errors: configurationInvalid (an address that is not to be
 * had), clockImplausible (every speaker would follow it), alreadyRunning, portTaken, databaseForeign,
 * databaseNewer, diskFull, fileUnreadable, folderNotWritable, keyUnreadable, packInvalid, zoneUnknown.
 */
export const startServer = async (
  config: ServerConfig,
  given: Partial<Surroundings> = {},
): Promise<Result<RunningServer, Problem>> => {
  const life = createLife();
  const surroundings = machineSurroundings(config, given);
  const started = await startIn(life, config, surroundings).catch(async (error: unknown) => {
    await life.end();
    throw error;
  });
  if (!started.ok) await life.end();
  return started;
};

const startIn = async (
  life: Life,
  config: ServerConfig,
  surroundings: Surroundings,
): Promise<Result<RunningServer, Problem>> => {
  const nowMs = surroundings.clock.wallMs();
  if (nowMs < EARLIEST_NOW_MS) {
    return refuse({ code: 'clockImplausible', now: instantToIso(nowMs, 'UTC') });
  }
  const composed = await composeServer({ config, surroundings, life });
  if (!composed.ok) return composed;
  const { ports, zone } = composed.value;
  const first = await ensureFirstAdministrator(ports);
  if (!first.ok) return first;
  startStarterJob(config, ports, life);
  const { addresses } = ports;
  const { httpUrl: url, brokerUrl, hereUrl } = addresses;
  ports.log.info({ event: 'serverStarted', url, brokerUrl });
  return ok({
    get url() {
      return addresses.httpUrl;
    },
    get brokerUrl() {
      return addresses.brokerUrl;
    },
    hereUrl,
    zone,
    trust: ports.authority && {
      fingerprint: ports.authority.fingerprint,
      pageUrl: url === hereUrl ? undefined : `${url.replace(/^https:/, 'http:')}/trust`,
      otherAddresses: otherAddressesOf(surroundings.interfaces()).join(', '),
    },
    firstSignIn: first.value,
    issueCodeForWaitingSpeaker: () => codeForWaitingSpeaker(ports),
    stop: life.end,
  });
};
