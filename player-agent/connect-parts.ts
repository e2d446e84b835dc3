import { wallAt } from '#core/playback/wall-anchor.ts';
import type { Logger } from '#runtime/logger.ts';
import type { Health } from '#schemas/health.ts';
import type { AgentParts } from './agent-parts.ts';
import type { LastSeen } from './agent-wires.ts';
import { buildHealth } from './build-health.ts';
import { neededClips } from './cache/needed-clips.ts';
import { createHealthReporter, type HealthReporter } from './health.ts';
import { type AgentLink, createAgentLink } from './link/agent-link.ts';
import type { OnNews } from './link/take-message.ts';
import { createHeartbeat, type Heartbeat } from './log/heartbeat.ts';
import type { AgentPorts } from './ports/agent-ports.ts';
import { createPreflightKeeper } from './preflight/preflight-keeper.ts';
import { keepSticks } from './stick/keep-sticks.ts';
import type { StickKeeper } from './stick/stick-keeper.ts';

/** An agent whose parts are wired, and that is connecting. */
export interface ConnectedParts {
  health(): Promise<Health>;
  isConnected(): boolean;
  close(): Promise<void>;
}

/** Wires the parts, brings what is needed and begins to connect. */
export const connectParts = async (
  ports: AgentPorts,
  parts: AgentParts,
): Promise<ConnectedParts> => {
  const { clock, grant } = ports;
  const { tasks, trusted, recording, received, emergencies, director } = parts;
  const last: LastSeen = {
    lastBroadcast: null,
    lastRefusal: null,
    outputRmsDbfs: null,
    isSilent: false,
  };
  let sticks: StickKeeper | null = null;
  const shownStick = () => sticks?.shown() ?? null;
  const preflight = createPreflightKeeper({
    ports,
    ...parts,
    track: tasks.beside,
    onReport: () => reporter.changed(),
  });
  const health = () => buildHealth(ports, { ...parts, preflight, last, shownStick });
  const onNews: OnNews = async (kind) => {
    // An emergency whose clips are at hand waits for nothing.
    if (kind === 'emergency') await director.look();
    await bringWhatIsNeeded(parts, link);
    heartbeat.plan();
    reporter.changed();
    await director.look();
  };
  const onConnected = () => {
    parts.cache.retryNow();
    reporter.changed();
  };
  const context = { trusted, tasks, recording, received, emergencies, onNews, onConnected };
  const link = await createAgentLink(ports, context);
  const reporter = createHealthReporter({
    clock,
    send: () => tasks.beside(health().then((value) => link.publish('health', value))),
  });
  const openSession = () => director.openSession();
  const heartbeat = createHeartbeat({
    clock,
    anchor: trusted.anchor,
    zone: () => received.limits.value()?.zone ?? grant.zone,
    beat: () =>
      void tasks.run(async () => {
        await recording.writer.write({ kind: 'heartbeat', openSession: openSession() });
        tasks.beside(recording.removeOld(link.delivery.deliveredUpTo()));
        tasks.beside(parts.cache.inspect());
      }),
  });
  wire(parts, { link, reporter, heartbeat, last, logger: ports.logger });
  heartbeat.plan();
  await tasks.run(() => bringWhatIsNeeded(parts, link));
  sticks = keepSticks(ports, parts, link);
  link.connect();
  return {
    health,
    isConnected: link.isConnected,
    close: async () => {
      sticks?.stop();
      reporter.stop();
      preflight.stop();
      heartbeat.stop();
      await link.close();
    },
  };
};

interface Outer {
  readonly link: AgentLink;
  readonly reporter: HealthReporter;
  readonly heartbeat: Heartbeat;
  readonly last: LastSeen;
  readonly logger: Logger;
}

const wire = (parts: AgentParts, outer: Outer): void => {
  const { link, reporter, heartbeat, last, logger } = outer;
  const { wires, tasks, trusted, recording, director } = parts;
  wires.look = () => void tasks.run(director.look);
  wires.changed = reporter.changed;
  wires.written = link.delivery.kick;
  wires.deliver = (fromSeq) => tasks.beside(link.delivery.again(fromSeq));
  wires.anchorTold = (anchor) => tasks.beside(recording.writer.write({ kind: 'clock', anchor }));
  wires.anchorMoved = () => {
    heartbeat.plan();
    reporter.changed();
    wires.look();
  };
  wires.refused = ({ reason }) => {
    last.lastRefusal = { reason, posMs: trusted.posMs() };
    reporter.changed();
  };
  wires.silence = (isSilent) => {
    if (last.isSilent === isSilent) return;
    logger.warn({ event: isSilent ? 'speakerSilent' : 'speakerHeard' });
    last.isSilent = isSilent;
    reporter.changed();
  };
  wires.broadcast = ({ outcome, reason, played, measurement }) => {
    const anchor = trusted.anchor();
    const endedMs = anchor === null ? null : Math.round(wallAt(anchor, played.toMs));
    last.lastBroadcast = { endedMs, outcome, reason };
    last.outputRmsDbfs = measurement?.rmsDbfs ?? null;
    reporter.changed();
  };
};

/**
 * Documents and clips of emergencies, of what the pointer names, of lists by hand that are not over, and
 * of the alerts that are kept at hand.
 */
const bringWhatIsNeeded = async (parts: AgentParts, link: AgentLink): Promise<void> => {
  const { received, cache } = parts;
  const byHand = parts.bookFile
    .book()
    .sessions.filter(({ order, state }) => order !== null && state === 'begun')
    .map(({ playlist }) => playlist);
  const urgent = parts.emergencies.open().flatMap(({ emergency }) => emergency.playlist ?? []);
  const alerts = received.limits.value()?.alerts ?? [];
  const needed = new Set([...urgent, ...byHand, ...received.pointedTo(), ...alerts]);
  await received.plans.need(needed);
  link.awaitPlans();
  await cache.need(neededClips(needed, received.plans.documents()));
};
