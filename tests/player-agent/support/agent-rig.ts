import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Agent, createAgent } from '#player-agent/agent.ts';
import { nodeDisk } from '#player-agent/disk/node-disk.ts';
import type { AgentPorts } from '#player-agent/ports/agent-ports.ts';
import { systemEntropy } from '#runtime/clock.ts';
import { createLogger } from '#runtime/logger.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import { createFakeClock, type FakeBootClock, type FakeClock } from '#tests/support/fake-clock.ts';
import { createFakePlayer, type FakePlayer } from '#tests/support/fake-player.ts';
import { type CuttableDisk, createCuttableDisk } from './cuttable-disk.ts';
import { createMemoryBroker, type MemoryBroker } from './memory-broker.ts';
import { createStation, type Station, type TestClip } from './station.ts';

/** One run of an agent on the rig. */
export interface RigBoot {
  readonly agent: Agent;
  readonly clock: FakeBootClock;
  readonly player: FakePlayer;
  readonly disk: CuttableDisk;
  /** The power goes: no sound, no timer, no message and no byte more of this run. */
  powerCut(): void;
  /** Resolves when the power is gone. */
  readonly gone: Promise<void>;
}

/** A village: a disk, a network, a station, and an agent that is started as often as a test wants. */
export interface AgentRig {
  readonly clock: FakeClock;
  readonly broker: MemoryBroker;
  readonly station: Station;
  readonly folder: string;
  /** What the clip server gives, by hash; a test may put wrong bytes there. */
  readonly clips: Map<string, Uint8Array>;
  readonly requests: { readonly sha256: string; readonly range: string | null }[];
  readonly faults: unknown[];
  addClips(...clips: readonly TestClip[]): void;
  /** From when `restsWhen` resolves on, the clock does not wait for what the agent has under way. */
  boot(
    change?: Partial<AgentPorts>,
    settling?: { readonly restsWhen: Promise<void> },
  ): Promise<RigBoot>;
  recordsOf<K extends LogRecord['kind']>(kind: K): Extract<LogRecord, { kind: K }>[];
}

export interface RigOptions {
  /** Wall time at the start, ISO 8601. */
  readonly at: string;
  /** Numbers in [0, 1) for what a power cut leaves. */
  readonly random?: () => number;
}

export const createAgentRig = ({ at, random = () => 0 }: RigOptions): AgentRig => {
  const clock = createFakeClock(Date.parse(at));
  const broker = createMemoryBroker();
  const station = createStation(clock, broker.publish);
  broker.onSpeaker(station.receive);
  const folder = mkdtempSync(join(tmpdir(), 'tl-agent-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const clips = new Map<string, Uint8Array>();
  const requests: { sha256: string; range: string | null }[] = [];
  const faults: unknown[] = [];
  const fetchUrl: AgentPorts['fetchUrl'] = async (url, init) => {
    const sha256 = url.slice(url.lastIndexOf('/') + 1);
    const range = init.headers.range ?? null;
    requests.push({ sha256, range });
    const bytes = clips.get(sha256);
    if (bytes === undefined) return new Response(null, { status: 404 });
    const from = range === null ? 0 : Number(/bytes=(\d+)-/.exec(range)?.[1]);
    return new Response(Buffer.from(bytes.subarray(from)), { status: range === null ? 200 : 206 });
  };
  const boot: AgentRig['boot'] = async (change = {}, settling = undefined) => {
    const bootClock = clock.boot();
    const player = createFakePlayer(bootClock);
    const disk = createCuttableDisk(nodeDisk, random);
    let tellGone: () => void = () => undefined;
    const gone = new Promise<void>((resolve) => {
      tellGone = resolve;
    });
    const powerCut = () => {
      player.cut();
      bootClock.stop();
      disk.cut();
      broker.drop();
      tellGone();
    };
    const creating = createAgent({
      clock: bootClock,
      entropy: systemEntropy,
      disk,
      player,
      systemTime: null,
      connect: broker.connect,
      fetchUrl,
      logger: createLogger('agent', 'silent'),
      grant: station.grant(),
      signer: station.speaker,
      folder,
      maxCacheBytes: 1_000_000_000,
      logRetentionDays: 400,
      agentVersion: '0.1.0',
      onRestart: () => undefined,
      onFault: (error) => faults.push(error),
      ...change,
    });
    const rests = settling === undefined ? [] : [settling.restsWhen];
    const created = await creating;
    if (!created.ok) throw new Error(JSON.stringify(created.problem));
    clock.onSettle(() => Promise.race([created.value.settled(), gone, ...rests]));
    await clock.settle();
    return { agent: created.value, clock: bootClock, player, disk, powerCut, gone };
  };
  return {
    clock,
    broker,
    station,
    folder,
    clips,
    requests,
    faults,
    addClips: (...added) => {
      for (const { sha256, bytes } of added) clips.set(sha256, bytes);
    },
    boot,
    recordsOf: (kind) =>
      station.records.filter(
        (record): record is Extract<LogRecord, { kind: typeof kind }> => record.kind === kind,
      ),
  };
};
