import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createDiskClipStore } from '#content/disk-clip-store.ts';
import { canonicalJson, type JsonValue } from '#core/canonical-json.ts';
import type { AgentPorts } from '#player-agent/ports/agent-ports.ts';
import { nodeStick } from '#player-agent/stick/node-stick.ts';
import { STICK_POLL_MS } from '#player-agent/stick/stick-keeper.ts';
import { systemEntropy } from '#runtime/clock.ts';
import { createLogger } from '#runtime/logger.ts';
import { type Signer, sealEnvelope, sha256 } from '#runtime/signing.ts';
import type { Speaker } from '#schemas/entities/site.ts';
import type { Purpose } from '#schemas/envelope.ts';
import type { Health } from '#schemas/health.ts';
import type { Playlist } from '#schemas/playlist.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import type { Store } from '#server/ports/store.ts';
import { takeStickLog } from '#server/services/take-stick-log.ts';
import { writeBundle } from '#server/services/write-bundle.ts';
import { openTestStore } from '#tests/server/db/open-test-store.ts';
import { SITE } from '#tests/support/brokers.ts';
import { mustCommit, putSite } from '#tests/support/site-in-store.ts';
import { type AgentRig, createAgentRig, type RigBoot } from './agent-rig.ts';
import { clipOf, playlistOf, SPEAKER, sessionOf, type TestClip, ZONE } from './station.ts';

/** What the office of a commune can say to a speaker, and in which revision. */
interface Told {
  readonly revision: number;
  readonly days: Readonly<Record<string, Playlist>>;
  readonly clips: readonly TestClip[];
}

/** A village without any network: an agent, a mount folder, and the commune's office far away. */
export interface StickVillage {
  readonly rig: AgentRig;
  /** Where the system mounts a stick. */
  readonly mount: string;
  readonly store: Store;
  /** The office's store holds this from now on, signed as the server signs it. */
  tell(told: Told): Promise<void>;
  /** A bundle as the server writes it, of the site's own key unless said otherwise. */
  bundle(signer?: Signer): Promise<Buffer>;
  /** Puts a file on the stick. */
  put(bytes: Uint8Array, name?: string): void;
  boot(change?: Partial<AgentPorts>): Promise<RigBoot>;
  /** Time enough for the agent to look, twice. */
  look(): Promise<void>;
  /** Takes the stick's log back to the office. */
  takeBack(bytes?: Uint8Array): ReturnType<typeof takeStickLog>;
  readonly logPath: string;
}

export const BUNDLE_NAME = 'xa-mau.tieng-lang.tar';
export const DAY = '2026-11-23';
/** When the first of two sessions begins, in epoch milliseconds. */
export const START = Date.parse(`${DAY}T05:30:00+07:00`);
/** When the second begins. */
export const SECOND_START = START + 1_800_000;
export const clip = clipOf('bulletin', 30_000);
export const other = clipOf('another', 20_000);

const actor = { kind: 'user', id: 'lan' } as const;

/** A village whose agent never sees a broker; the time comes from a technician. */
const foundStickVillage = async (at: string): Promise<StickVillage> => {
  const rig = createAgentRig({ at });
  rig.broker.setUp(false);
  const folder = mkdtempSync(join(tmpdir(), 'tl-stick-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const mount = join(folder, 'media', 'USB');
  mkdirSync(mount, { recursive: true });
  const { store } = await openTestStore();
  const { village } = await putSite(store);
  await mustCommit(store, [{ do: 'insert', what: 'speaker', value: enrolled(rig, village.id) }]);
  const clips = await createDiskClipStore(join(folder, 'clips'));
  const logPath = join(mount, `${SPEAKER}.tieng-lang.log`);
  const ports = {
    ...{ store, clips, clock: rig.clock, entropy: systemEntropy },
    log: createLogger('test', 'silent'),
    broker: { ...rig.broker, publish: async () => undefined } as never,
    workFolder: join(folder, 'work'),
    maxUploadBytes: 100_000_000,
  };
  const put: StickVillage['put'] = (bytes, name = BUNDLE_NAME) =>
    writeFileSync(join(mount, name), bytes);
  return {
    ...{ rig, mount, store, put, logPath },
    tell: async ({ revision, days, clips: added }) => {
      for (const clip of added) {
        const path = join(folder, clip.sha256);
        await writeFile(path, clip.bytes);
        await clips.put(clip.sha256, path);
      }
      await putTold(rig, store, { revision, days });
    },
    bundle: async (signer = rig.station.site) => {
      const from = { ...ports, keys: { signer } };
      const written = await writeBundle(from, actor, { speakers: [SPEAKER] });
      if (!written.ok) throw new Error(JSON.stringify(written.problem));
      const bytes = Buffer.concat(await Array.fromAsync(written.value.parts));
      if (bytes.length !== written.value.bytes) throw new Error('another length than announced');
      return bytes;
    },
    boot: async (change) => {
      const boot = await rig.boot({ stick: nodeStick(join(folder, 'media')), ...change });
      await boot.agent.setManualTime(rig.clock.wallMs());
      return boot;
    },
    look: () => rig.clock.advance(2 * STICK_POLL_MS),
    takeBack: async (bytes) => {
      const log = bytes ?? (await readFile(logPath));
      const chunks = (async function* () {
        yield log;
      })();
      return takeStickLog(ports, actor, { chunks, declaredBytes: log.length });
    },
  };
};

const enrolled = ({ station }: AgentRig, unit: string): Speaker => ({
  ...{ id: SPEAKER, unit, name: 'Cụm loa', state: 'enrolled', volume: 80 },
  publicKey: Buffer.from(station.speaker.publicKey).toString('base64'),
  keyId: station.speaker.keyId,
  ...{ createdMs: 0, enrolledMs: 0, removedMs: null },
});

const putTold = async (
  { station, clock }: AgentRig,
  store: Store,
  { revision, days }: Pick<Told, 'revision' | 'days'>,
): Promise<void> => {
  const nowMs = clock.wallMs();
  const sign = (purpose: Purpose, value: object) =>
    JSON.stringify(sealEnvelope(station.site, purpose, bytesOf(value)));
  const common = { v: 1, site: SITE, speaker: SPEAKER, revision, issuedMs: nowMs };
  const quietHours = [{ from: '21:00', to: '05:00' }];
  const bounds = { maxVolume: 90, volume: 80, maxContinuousMin: 120 };
  const named: Record<string, string> = {};
  for (const [day, playlist] of Object.entries(days)) {
    const text = bytesOf(playlist).toString('utf8');
    named[day] = sha256(Buffer.from(text));
    const value = { sha256: named[day], text, createdMs: nowMs };
    await mustCommit(store, [{ do: 'put', what: 'playlist', value }]);
  }
  const pointer = { ...common, days: named, orders: [], withdrawn: [] };
  const who = { speaker: SPEAKER, revision };
  await mustCommit(store, [
    {
      do: 'put',
      what: 'limits',
      value: { ...who, envelope: sign('limits', { ...common, zone: ZONE, quietHours, ...bounds }) },
    },
    {
      do: 'put',
      what: 'pointer',
      value: { ...who, days: named, withdrawals: {}, envelope: sign('pointer', pointer) },
    },
  ]);
};

const bytesOf = (value: object): Buffer =>
  Buffer.from(canonicalJson(value as unknown as JsonValue), 'utf8');

/** A village before its first session; nothing has come to it, and the office has its plan. */
export const plannedVillage = async (): Promise<StickVillage> => {
  const village = await foundStickVillage(`${DAY}T05:00:00+07:00`);
  const sessions = [sessionOf(START, [clip]), sessionOf(SECOND_START, [clip, other])];
  const days = { [DAY]: playlistOf(DAY, sessions) };
  await village.tell({ revision: 1, days, clips: [clip, other] });
  return village;
};

/** What health says of the stick. */
export const stickOf = async ({ agent }: RigBoot): Promise<Health['stick']> =>
  (await agent.health()).stick;

/** What the office has of the log, in order. */
export const storedAtOffice = async ({ store }: StickVillage): Promise<readonly LogRecord[]> =>
  (await store.records(SPEAKER, 1, 1_000)).map(({ record }) => record);
