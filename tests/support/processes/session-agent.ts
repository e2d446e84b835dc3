import { readFile } from 'node:fs/promises';
import { createAgent } from '#player-agent/agent.ts';
import { nodeDisk } from '#player-agent/disk/node-disk.ts';
import { goFirst } from '#player-agent/go-first.ts';
import { openSound } from '#player-agent/sound/open-sound.ts';
import { systemClock, systemEntropy, wait } from '#runtime/clock.ts';
import { localDayAt } from '#runtime/day-table.ts';
import { createLogger } from '#runtime/logger.ts';
import { sha256 } from '#runtime/signing.ts';
import { createMemoryBroker } from '#tests/player-agent/support/memory-broker.ts';
import { createStation, playlistOf, sessionOf, ZONE } from '#tests/player-agent/support/station.ts';
import { monoMs } from '#tests/support/sink-recording.ts';

/** What the process is told on its command line, as JSON. */
export interface SessionAgentOrder {
  readonly folder: string;
  readonly sink: string;
  /** When each session begins, by the machine's wall clock. */
  readonly startsMs: readonly number[];
  /** The clips of each session, of a second each. */
  readonly clips: readonly string[];
  readonly clipMs: number;
}

/** One session as the agent's log has it, in positions of the machine's monotonic clock. */
export interface LoggedSession {
  readonly wantedMs: number;
  readonly items: readonly { readonly fromMs: number; readonly audibleMs: number }[];
}

/** Records come to the station this long after the last sound at the latest. */
const SETTLE_MS = 3_000;
const ANY_HOUR = { quietHours: [], maxVolume: 100, volume: 100, maxContinuousMin: 1_440 };

/**
 * `node session-agent.ts ORDER` is one speaker as it runs in a village, but for the network, which
 * is in memory: signed time and plan, disk, log and player are real. It prints `LoggedSession`s.
 */
const order: SessionAgentOrder = JSON.parse(process.argv[2] ?? '{}');
const clock = systemClock();
const originMs = monoMs() - clock.positionMs();
const wallOriginMs = performance.timeOrigin + performance.now() - monoMs();
const logger = createLogger('bench', 'silent');
goFirst(process.pid, logger);
const unset = { mpvPath: null, capture: null, latencyMs: 0, env: process.env, clock, log: logger };
const device = `pulse/${order.sink}`;
const player = await openSound({ ...unset, ao: 'pulse', device, pipeName: order.sink });
if (!player.ok) throw new Error(player.problem.code);

const files = await Promise.all(order.clips.map((path) => readFile(path)));
const byHash = new Map(files.map((bytes) => [sha256(bytes), bytes]));
const clips = files.map((bytes) => ({
  bytes,
  sha256: sha256(bytes),
  durationMs: order.clipMs,
}));
const broker = createMemoryBroker();
const station = createStation(clock, broker.publish);
broker.onSpeaker(station.receive);
station.limit(ANY_HOUR);
const sessions = order.startsMs.map((startMs) => sessionOf(startMs, clips));
const day = localDayAt(order.startsMs[0] ?? 0, ZONE);
station.point({ days: { [day]: station.plan(playlistOf(day, sessions)) } });
const agent = await createAgent({
  clock,
  entropy: systemEntropy,
  disk: nodeDisk,
  player: player.value,
  connect: broker.connect,
  fetchUrl: async (url) => new Response(byHash.get(url.slice(url.lastIndexOf('/') + 1)) ?? null),
  logger,
  grant: station.grant(),
  signer: station.speaker,
  folder: order.folder,
  maxCacheBytes: 1_000_000_000,
  logRetentionDays: 400,
  systemTime: null,
  agentVersion: '0.1.0',
  onRestart: () => undefined,
  onFault: (error) => {
    throw error;
  },
});
if (!agent.ok) throw new Error(agent.problem.code);
const overMs = (order.startsMs.at(-1) ?? 0) + order.clips.length * order.clipMs + SETTLE_MS;
await wait(clock, overMs - clock.wallMs());
await agent.value.stop();

const logged = sessions.map((session): LoggedSession => {
  const ended = station.records.filter(
    (record) => record.kind === 'ended' && record.session === session.id,
  );
  const items = ended.flatMap((record) =>
    record.kind === 'ended'
      ? [
          {
            fromMs: record.played.fromMs + originMs,
            audibleMs: record.audible.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0),
          },
        ]
      : [],
  );
  return { wantedMs: (session.startMs ?? 0) - wallOriginMs, items };
});
process.stdout.write(JSON.stringify(logged));
