import { mkdir } from 'node:fs/promises';
import { pino } from 'pino';
import * as z from 'zod';
import { type Agent, createAgent } from '#player-agent/agent.ts';
import { nodeDisk } from '#player-agent/disk/node-disk.ts';
import { enrolSpeaker } from '#player-agent/enrol.ts';
import { readIdentity } from '#player-agent/identity.ts';
import { mqttConnect } from '#player-agent/link/mqtt-link.ts';
import type { ConnectLink, Link, LinkMessage } from '#player-agent/ports/link.ts';
import { systemEntropy } from '#runtime/clock.ts';
import type { Logger } from '#runtime/logger.ts';
import type { Health } from '#schemas/health.ts';
import type { Problem } from '#schemas/problem.ts';
import { atRestWith } from './event-loop-rest.ts';
import type { FakeBootClock, FakeClock } from './fake-clock.ts';
import { createFakePlayer, type FakePlayer, type Sounded } from './fake-player.ts';

const MAX_CACHE_BYTES = 1_000_000_000;
const lineSchema = z.looseObject({ problem: z.looseObject({ code: z.string() }).optional() });

/** The agent's log, of which only the problems are kept. */
const createProblemLog = (problems: Problem[]): Logger =>
  pino(
    { level: 'warn' },
    {
      write: (line) => {
        const { problem } = lineSchema.parse(JSON.parse(line));
        // The agent writes no other problems than its own.
        if (problem !== undefined) problems.push(problem as Problem);
      },
    },
  );

/** What left a fake sound card, at instants in epoch milliseconds. */
export interface SoundedAt extends Sounded {
  readonly startMs: number;
  readonly endMs: number;
}

/** A speaker with a real disk and a real link, that plays into a fake sound card. */
export interface FakeVillage {
  /** Resolves when the link stands again, or at once when it stands. */
  connected(): Promise<void>;
  /** Starts the agent; with a network, resolves when its link stands and all has come to rest. */
  start(options?: { readonly isOffline: boolean }): Promise<void>;
  /** The power is cut: silence, no goodbye, no timer fires any more. */
  cutPower(): Promise<void>;
  stop(): Promise<void>;
  health(): Promise<Health>;
  /** Everything that sounded in all runs, in order. */
  sounded(): readonly SoundedAt[];
  /** Every message that the agent gave to the broker, in order. */
  readonly published: readonly LinkMessage[];
  readonly faults: readonly unknown[];
  /** What the agent told the technician, in its log, that is wrong. */
  readonly problems: readonly Problem[];
}

export interface FakeVillageOptions {
  readonly clock: FakeClock;
  readonly folder: string;
  readonly serverUrl: string;
  readonly code: string;
}

interface Run {
  readonly agent: Agent;
  readonly boot: FakeBootClock;
  readonly player: FakePlayer;
  readonly link: () => Link | undefined;
  readonly unsettle: () => void;
}

/** Enrols a machine with the code; its agent is not started yet. */
export const foundVillage = async (options: FakeVillageOptions): Promise<FakeVillage> => {
  const { clock, folder } = options;
  await mkdir(folder, { recursive: true });
  const enrolment = { ...options, disk: nodeDisk, fetchUrl: fetch };
  const granted = await enrolSpeaker(enrolment);
  if (!granted.ok) throw new Error(JSON.stringify(granted.problem));
  const identity = await readIdentity(nodeDisk, folder);
  if (!identity.ok) throw new Error(JSON.stringify(identity.problem));
  const published: LinkMessage[] = [];
  const faults: unknown[] = [];
  const problems: Problem[] = [];
  const logger = createProblemLog(problems);
  const runs: { readonly player: FakePlayer; readonly originMs: number }[] = [];
  const waiting = new Set<() => void>();
  let current: Run | undefined;

  const isConnected = () => current?.link()?.isConnected() ?? false;
  const connected = async () => {
    if (!isConnected()) await new Promise<void>((resolve) => waiting.add(resolve));
    await clock.settle();
  };
  const start: FakeVillage['start'] = async ({ isOffline } = { isOffline: false }) => {
    const boot = clock.boot();
    const player = createFakePlayer(boot);
    runs.push({ player, originMs: clock.wallMs() });
    let link: Link | undefined;
    const connect: ConnectLink = (linkOptions, events) => {
      link = mqttConnect({ logger, clock: boot })(linkOptions, {
        ...events,
        onConnected: () => {
          events.onConnected();
          for (const resolve of waiting) resolve();
          waiting.clear();
        },
      });
      return recordingLink(link, published);
    };
    const created = await createAgent({
      ...{ clock: boot, entropy: systemEntropy, disk: nodeDisk, player, connect, fetchUrl: fetch },
      ...{
        logger,
        ...identity.value,
        folder,
        maxCacheBytes: MAX_CACHE_BYTES,
        logRetentionDays: 400,
        systemTime: null,
      },
      agentVersion: '0.1.0',
      onRestart: () => undefined,
      onFault: (error) => faults.push(error),
    });
    if (!created.ok) throw new Error(JSON.stringify(created.problem));
    const unsettle = clock.onSettle(() => atRestWith(created.value.settled));
    current = { agent: created.value, boot, player, link: () => link, unsettle };
    await (isOffline ? clock.settle() : connected());
  };
  return {
    connected,
    start,
    cutPower: async () => {
      current?.unsettle();
      current?.boot.stop();
      current?.player.cut();
      await current?.link()?.close();
      current = undefined;
    },
    stop: async () => {
      current?.unsettle();
      await current?.agent.stop();
      current = undefined;
    },
    health: () => {
      if (current === undefined) throw new Error('the agent was not started');
      return current.agent.health();
    },
    sounded: () =>
      runs.flatMap(({ player, originMs }) =>
        player.sounded.map((sounded) => ({
          ...sounded,
          startMs: sounded.fromMs + originMs,
          endMs: sounded.toMs + originMs,
        })),
      ),
    published,
    faults,
    problems,
  };
};

const recordingLink = (link: Link, published: LinkMessage[]): Link => ({
  ...link,
  publish: (message) => {
    if (link.isConnected()) published.push(message);
    return link.publish(message);
  },
});

/** Where the agent keeps a clip: the name of a played file is the clip's hash. */
export const clipOfPath = (path: string): string => /[0-9a-f]{64}/.exec(path)?.[0] ?? path;
