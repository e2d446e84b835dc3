import { readFile } from 'node:fs/promises';
import { type Agent, createAgent } from '#player-agent/agent.ts';
import { nodeDisk } from '#player-agent/disk/node-disk.ts';
import { mqttConnect } from '#player-agent/link/mqtt-link.ts';
import type { Player, PlayerItem } from '#player-agent/ports/player.ts';
import { type Clock, systemEntropy } from '#runtime/clock.ts';
import { createLogger } from '#runtime/logger.ts';
import { sha256 } from '#runtime/signing.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import { topicOf } from '#schemas/topics.ts';
import {
  createStation,
  SPEAKER,
  type Station,
  type TestClip,
} from '../player-agent/support/station.ts';
import { embeddedUnderTest } from './brokers.ts';

const MAX_CACHE_BYTES = 1_000_000_000;

/** An agent in this process, over a real broker and a real player, whose station says what time it is. */
export interface NightSpeaker {
  readonly agent: Agent;
  readonly station: Station;
  readonly clips: readonly TestClip[];
  readonly faults: readonly unknown[];
  /** Resolves with the first record that fits, of those that have come and will come. */
  record(fits: (record: LogRecord) => boolean): Promise<LogRecord>;
  stop(): Promise<void>;
}

export interface NightSpeakerOptions {
  readonly clock: Clock;
  readonly player: Player;
  readonly folder: string;
  /** Clips in the clip format. */
  readonly items: readonly PlayerItem[];
  /** What the station says that the time is, at the start, in epoch milliseconds. */
  readonly wallMs: number;
  /** What the station sends before the agent comes. */
  readonly prepare: (station: Station, clips: readonly TestClip[]) => void;
}

/** Starts the agent; resolves when it runs. */
export const startNightSpeaker = async (options: NightSpeakerOptions): Promise<NightSpeaker> => {
  const { clock, player, folder, items } = options;
  const broker = await embeddedUnderTest();
  const password = await broker.admit(SPEAKER);
  const originMs = options.wallMs - clock.positionMs();
  const wallMs = () => Math.floor(originMs + clock.positionMs());
  const station = createStation({ wallMs }, ({ topic, payload, retain }) => {
    const text = Buffer.from(payload).toString('utf8');
    void broker.broker.publish({ topic, payload: text, retain });
  });
  const waiting = new Set<() => void>();
  broker.broker.onMessage(async ({ name, values, payload }) => {
    const topic = topicOf(name, values);
    station.receive({ topic, payload: Buffer.from(JSON.stringify(payload)) });
    for (const look of waiting) look();
  });
  const clips = await Promise.all(items.map(toTestClip));
  options.prepare(station, clips);
  const logger = createLogger('agent', 'silent');
  const faults: unknown[] = [];
  const created = await createAgent({
    ...{ clock, entropy: systemEntropy, disk: nodeDisk, player, logger, folder },
    connect: mqttConnect({ logger, clock }),
    fetchUrl: async (url) => {
      const clip = clips.find((one) => url.endsWith(one.sha256));
      return new Response(clip === undefined ? null : new Uint8Array(clip.bytes), {
        status: clip === undefined ? 404 : 200,
      });
    },
    grant: station.grant({ url: broker.url, username: SPEAKER, password }),
    signer: station.speaker,
    maxCacheBytes: MAX_CACHE_BYTES,
    logRetentionDays: 400,
    agentVersion: '0.1.0',
    onFault: (error) => faults.push(error),
    systemTime: null,
    onRestart: () => undefined,
  });
  if (!created.ok) throw new Error(JSON.stringify(created.problem));
  return {
    agent: created.value,
    station,
    clips,
    faults,
    record: (fits) =>
      new Promise((resolve) => {
        const look = () => {
          const found = station.records.find(fits);
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    stop: async () => {
      await created.value.stop();
      await broker.end();
    },
  };
};

const toTestClip = async ({ path, durationMs }: PlayerItem): Promise<TestClip> => {
  const bytes = await readFile(path);
  return { bytes, sha256: sha256(bytes), durationMs };
};
