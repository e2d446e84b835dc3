import { join } from 'node:path';
import { wallAt } from '#core/playback/wall-anchor.ts';
import { createId } from '#runtime/clock.ts';
import type { Health } from '#schemas/health.ts';
import type { Id } from '#schemas/primitives.ts';
import type { Problem } from '#schemas/problem.ts';
import { ok, type Result } from '#schemas/result.ts';
import { buildHealth } from './build-health.ts';
import { openClipCache } from './cache/clip-cache.ts';
import { createClipFiles } from './cache/clip-files.ts';
import { neededClips } from './cache/needed-clips.ts';
import { MANUAL_UNCERTAINTY_MS, takeManualTime } from './clock/manual-time.ts';
import { createTrustedClock } from './clock/trusted-clock.ts';
import { createHealthReporter } from './health.ts';
import { type AgentLink, createAgentLink } from './link/agent-link.ts';
import { openReceived } from './link/received.ts';
import { createHeartbeat } from './log/heartbeat.ts';
import { openRecording } from './log/recording.ts';
import type { AgentPorts } from './ports/agent-ports.ts';
import { openBookFile } from './session/book-file.ts';
import { createDirector } from './session/director.ts';
import { refusalOf } from './session/refusals.ts';
import { createTaskQueue } from './task-queue.ts';

/** One speaker's program, running. */
export interface Agent {
  /** The id of this run. */
  readonly boot: Id;
  /** Resolves when nothing is under way: no task, no download, no message on its way out. */
  settled(): Promise<void>;
  health(): Promise<Health>;
  /** A technician at the box says what time it is, in epoch milliseconds. */
  setManualTime(wallMs: number): Promise<void>;
  /** Silence, the record of what sounded, goodbye to the broker, and a mark that all is in order. */
  stop(): Promise<void>;
}

/**
 * Starts a speaker over its ports: what a power cut left is put in order first, then it connects,
 * fetches, plays and records until it is stopped. It holds no state outside what it is handed.
 * Errors: fileUnreadable (a log of which no line holds), diskFull.
 */
export const createAgent = async (ports: AgentPorts): Promise<Result<Agent, Problem>> => {
  const { clock, disk, player, logger, grant } = ports;
  const boot = createId(clock, ports.entropy);
  const tasks = createTaskQueue(ports.onFault);
  const last: { -readonly [K in keyof LastSeen]: LastSeen[K] } = {
    lastBroadcast: null,
    lastRefusal: null,
    outputRmsDbfs: null,
  };
  let link: AgentLink | undefined;

  const trusted = createTrustedClock({
    clock,
    onTold: (anchor) => tasks.beside(recording.writer.write({ kind: 'clock', anchor })),
    onMoved: () => {
      heartbeat.plan();
      reporter.changed();
      void tasks.run(director.look);
    },
  });
  const opened = await openRecording(ports, {
    boot,
    trusted,
    tasks,
    onWritten: () => link?.delivery.kick(),
    onRefused: ({ reason }) => {
      last.lastRefusal = { reason, posMs: trusted.posMs() };
      reporter.changed();
    },
  });
  if (!opened.ok) return opened;
  const recording = opened.value;
  const received = await openReceived(ports);
  const bookFile = await openBookFile(disk, ports.folder, logger);
  const cache = await openClipCache({
    disk,
    clock,
    logger,
    files: createClipFiles(disk, join(ports.folder, 'clips')),
    fetchUrl: ports.fetchUrl,
    baseUrl: grant.clips.url,
    token: grant.broker.password,
    maxBytes: ports.maxCacheBytes,
    track: tasks.beside,
    onChange: () => void tasks.run(director.look),
    onWrongBytes: (clip) => recording.refuse({ ...refusalOf('clip', 'clipHash'), clip }),
  });
  const director = createDirector({
    clock,
    trusted,
    player,
    cache,
    tasks,
    logger,
    bookFile,
    writer: recording.writer,
    pointer: received.pointer.value,
    limits: received.limits.value,
    documents: received.plans.documents,
    refuse: recording.refuse,
    saveCheckpoint: recording.saveCheckpoint,
    clearCheckpoint: recording.clearCheckpoint,
    onBroadcast: ({ outcome, reason, played, measurement }) => {
      const anchor = trusted.anchor();
      const endedMs = anchor === null ? null : Math.round(wallAt(anchor, played.toMs));
      last.lastBroadcast = { endedMs, outcome, reason };
      last.outputRmsDbfs = measurement?.rmsDbfs ?? null;
      reporter.changed();
    },
    onChange: () => reporter.changed(),
  });
  const health = () =>
    buildHealth(ports, { boot, trusted, recording, received, cache, director, last });
  const reporter = createHealthReporter({
    clock,
    send: () => tasks.beside(health().then((value) => link?.publish('health', value))),
  });
  const heartbeat = createHeartbeat({
    clock,
    anchor: trusted.anchor,
    zone: () => received.limits.value()?.zone ?? grant.zone,
    beat: () =>
      void tasks.run(async () => {
        await recording.writer.write({ kind: 'heartbeat', openSession: director.openSession() });
      }),
  });
  const prepareWhatIsNeeded = async () => {
    const byHand = bookFile
      .book()
      .sessions.filter(({ order, state }) => order !== null && state === 'begun')
      .map(({ playlist }) => playlist);
    const needed = new Set([...byHand, ...received.pointedTo()]);
    await received.plans.need(needed);
    link?.awaitPlans();
    await cache.need(neededClips(needed, received.plans.documents()));
  };
  const onNews = async () => {
    await prepareWhatIsNeeded();
    heartbeat.plan();
    reporter.changed();
    await director.look();
  };
  link = await createAgentLink(ports, {
    trusted,
    tasks,
    recording,
    received,
    onNews,
    onConnected: () => {
      cache.retryNow();
      reporter.changed();
    },
  });
  const { connect, close } = link;
  await tasks.run(prepareWhatIsNeeded);
  connect();
  const manual = await takeManualTime(disk, ports.folder, trusted.posMs());
  if (manual !== undefined) trusted.offer(manual);
  heartbeat.plan();
  await tasks.run(director.look);

  return ok({
    boot,
    settled: tasks.settled,
    health,
    setManualTime: (wallMs) =>
      tasks.run(() =>
        trusted.offer({
          posMs: trusted.posMs(),
          wallMs: Math.round(wallMs),
          uncertaintyMs: MANUAL_UNCERTAINTY_MS,
          source: 'manual',
        }),
      ),
    stop: async () => {
      await tasks.run(director.stop);
      // The records of what was stopped stand in the queue now: this waits for them.
      await tasks.run(() => undefined);
      reporter.stop();
      heartbeat.stop();
      cache.stop();
      await close();
      await player.close();
      tasks.close();
      if (recording.writer.waiting() === 0) await recording.marker.write(boot);
      await recording.log.close();
    },
  });
};

type LastSeen = Pick<Health, 'lastBroadcast' | 'lastRefusal' | 'outputRmsDbfs'>;
