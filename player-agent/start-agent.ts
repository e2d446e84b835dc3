import { access, constants, mkdir } from 'node:fs/promises';
import { systemClock, systemEntropy } from '#runtime/clock.ts';
import { type FolderLock, lockFolder } from '#runtime/folder-lock.ts';
import { createLogger, type Logger } from '#runtime/logger.ts';
import { sha256 } from '#runtime/signing.ts';
import type { Id } from '#schemas/primitives.ts';
import type { Problem } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import { createAgent } from './agent.ts';
import { commandsWith } from './amplifier/run-command.ts';
import { linuxSystemTime } from './clock/linux-system-time.ts';
import type { AgentConfig } from './config.ts';
import { nodeDisk } from './disk/node-disk.ts';
import { enrolSpeaker } from './enrol.ts';
import { goFirst } from './go-first.ts';
import { type Identity, readIdentity } from './identity.ts';
import { mqttConnect } from './link/mqtt-link.ts';
import { moveGrant } from './move-grant.ts';
import type { Player, PlayerOutput } from './ports/player.ts';
import { untilSignal, type WorkEnd } from './run-until-signal.ts';
import { createServiceManager } from './service/service-manager.ts';
import { startWatchdog } from './service/watchdog.ts';
import { openSound } from './sound/open-sound.ts';
import { openStatusDesk } from './status-page/status-desk.ts';
import { nodeStick } from './stick/node-stick.ts';
import { trustAuthority } from './trust-authority.ts';

/** The version that records and health carry: the package's. */
export const AGENT_VERSION = '0.1.0';

/** An agent that runs as this process. */
export interface RunningAgent {
  readonly speaker: Id;
  readonly boot: Id;
  readonly folder: string;
  readonly output: PlayerOutput;
  /** Resolves when it has stopped, with what was the cause. */
  readonly ended: Promise<WorkEnd>;
  stop(): Promise<void>;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Starts the agent that is configured. Errors: see `runAgent`. */
export const startAgent = async (
  config: AgentConfig,
  environment: Environment,
): Promise<Result<RunningAgent, Problem>> => {
  if (!(await isWritable(config.folder))) {
    return refuse({ code: 'folderNotWritable', path: config.folder });
  }
  const lock = await lockFolder(config.folder);
  if (!lock.ok) return lock;
  const started = await startLocked(config, environment, lock.value);
  if (!started.ok) await lock.value.release();
  return started;
};

const isWritable = async (folder: string): Promise<boolean> => {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
    return true;
  } catch {
    // Whatever stands in the way, it is the same to whoever chose the folder.
    return false;
  }
};

const startLocked = async (
  config: AgentConfig,
  environment: Environment,
  lock: FolderLock,
): Promise<Result<RunningAgent, Problem>> => {
  const logger = createLogger('agent', config.logLevel);
  goFirst(process.pid, logger);
  const identity = await identityOf(config, logger);
  if (!identity.ok) return identity;
  const grant = moveGrant(identity.value.grant, config.serverUrl);
  const { authority } = grant;
  if (authority !== undefined) trustAuthority(authority);
  const clock = systemClock();
  const player = await openSound({
    clock,
    log: logger,
    env: { ...environment, NOTIFY_SOCKET: undefined },
    ao: config.audioOutput ?? null,
    device: config.audioDevice ?? null,
    capture: config.audioCapture ?? null,
    latencyMs: config.audioLatencyMs,
    mpvPath: config.mpvPath ?? null,
    pipeName: `tieng-lang-${sha256(Buffer.from(config.folder)).slice(0, 16)}`,
  });
  if (!player.ok) return player;
  const until = untilSignal(clock, logger);
  const agent = await createAgent({
    clock,
    entropy: systemEntropy,
    disk: nodeDisk,
    player: player.value,
    systemTime: config.systemTime === 'trust' ? linuxSystemTime : null,
    connect: mqttConnect({ logger, clock }),
    fetchUrl: fetch,
    ...(config.stickFolder !== undefined && { stick: nodeStick(config.stickFolder) }),
    logger,
    ...identity.value,
    grant,
    folder: config.folder,
    maxCacheBytes: config.maxCacheBytes,
    logRetentionDays: config.logRetentionDays,
    agentVersion: AGENT_VERSION,
    onRestart: until.restart,
    amplifier: {
      before: config.amplifierBefore,
      after: config.amplifierAfter,
      warmUpMs: config.amplifierWarmUpMs,
      run: commandsWith(clock, { ...environment }),
    },
    onFault: until.fault,
  });
  if (!agent.ok) {
    await player.value.close();
    return agent;
  }
  const service = createServiceManager(environment, logger);
  const { lives } = agent.value;
  const alive = () => service.tell('WATCHDOG=1');
  const withinMs = service.watchdogMs;
  const watchdog = withinMs === null ? null : startWatchdog({ clock, withinMs, lives, alive });
  const page = await openStatusDesk({
    agent: agent.value,
    port: config.statusPort === 'off' ? null : config.statusPort,
    entropy: systemEntropy,
    logger,
  });
  const ended = until.run(async (why) => {
    watchdog?.stop();
    await page?.close();
    if (why !== 'restart') service.tell('STOPPING=1');
    await agent.value.stop(why === 'restart' ? 'ordered' : undefined);
    await lock.release();
  });
  service.tell('READY=1');
  logger.info({ event: 'agentStarted', ...factsOf(config, identity.value, player.value) });
  const { boot } = agent.value;
  return ok({ boot, ...factsOf(config, identity.value, player.value), ended, stop: until.stop });
};

const factsOf = ({ folder }: AgentConfig, { grant }: Identity, player: Player) => ({
  speaker: grant.speaker,
  folder,
  output: player.output(),
});

const identityOf = async (
  config: AgentConfig,
  logger: Logger,
): Promise<Result<Identity, Problem>> => {
  const { folder, serverUrl, enrolCode: code, serverCa: ca } = config;
  const known = await readIdentity(nodeDisk, folder);
  const isNew = !known.ok && known.problem.code === 'notEnrolled';
  if (!isNew || serverUrl === undefined || code === undefined) return known;
  const options = { serverUrl, code, ca, folder, disk: nodeDisk, fetchUrl: fetch };
  const granted = await enrolSpeaker(options);
  if (!granted.ok) return granted;
  logger.info({ event: 'enrolled', speaker: granted.value.speaker, site: granted.value.site });
  return readIdentity(nodeDisk, folder);
};
