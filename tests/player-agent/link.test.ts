import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Agent, createAgent } from '#player-agent/agent.ts';
import { nodeDisk } from '#player-agent/disk/node-disk.ts';
import { mqttConnect } from '#player-agent/link/mqtt-link.ts';
import { systemClock, systemEntropy } from '#runtime/clock.ts';
import { createLogger } from '#runtime/logger.ts';
import { topicOf } from '#schemas/topics.ts';
import type { Broker } from '#server/ports/broker.ts';
import { type BrokerUnderTest, embeddedUnderTest } from '#tests/support/brokers.ts';
import { createFakePlayer, type FakePlayer } from '#tests/support/fake-player.ts';
import {
  clipOf,
  createStation,
  idOf,
  playlistOf,
  SPEAKER,
  type Station,
  sessionOf,
} from './support/station.ts';

const clip = clipOf('trial', 400);
const logger = createLogger('agent', 'silent');

/** A station at a real broker; `until` resolves when a message makes the condition true. */
const createRealStation = async (under: BrokerUnderTest) => {
  let broker: Broker = under.broker;
  const looks = new Set<() => void>();
  const presence: boolean[] = [];
  const station: Station = createStation(systemClock(), ({ topic, payload, retain }) => {
    broker.publish({ topic, payload: Buffer.from(payload).toString('utf8'), retain }).then(
      () => undefined,
      () => undefined,
    );
  });
  const listen = (to: Broker) => {
    broker = to;
    to.onMessage(async ({ name, values, payload }) => {
      if (name === 'presence') presence.push(payload.online);
      station.receive({
        topic: topicOf(name, values),
        payload: Buffer.from(JSON.stringify(payload)),
      });
      for (const look of looks) look();
    });
  };
  listen(under.broker);
  const until = (condition: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = () => {
        if (!condition()) return;
        looks.delete(look);
        resolve();
      };
      looks.add(look);
      look();
    });
  return { station, presence, listen, until };
};

const serveClips = async (password: string): Promise<string> => {
  const server = createServer((request, response) => {
    const isKnown = request.headers.authorization === `Bearer ${password}`;
    const isThere = isKnown && request.url === `/clips/${clip.sha256}`;
    response.statusCode = isThere ? 200 : 403;
    response.end(isThere ? clip.bytes : undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/clips`;
};

const village = async () => {
  const under = await embeddedUnderTest();
  const password = await under.admit(SPEAKER);
  const real = await createRealStation(under);
  const folder = await mkdtemp(join(tmpdir(), 'tl-link-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const grant = {
    ...real.station.grant({ url: under.url, password }),
    clips: { url: await serveClips(password) },
  };
  const faults: unknown[] = [];
  const boot = async (): Promise<{ agent: Agent; player: FakePlayer }> => {
    const clock = systemClock();
    const player = createFakePlayer(clock);
    const created = await createAgent({
      ...{ clock, player, grant, logger, folder, disk: nodeDisk, entropy: systemEntropy },
      connect: mqttConnect({ logger, clock }),
      fetchUrl: fetch,
      signer: real.station.speaker,
      maxCacheBytes: 1_000_000_000,
      logRetentionDays: 400,
      systemTime: null,
      agentVersion: '0.1.0',
      onRestart: () => undefined,
      onFault: (error) => faults.push(error),
    });
    if (!created.ok) throw new Error(created.problem.code);
    return { agent: created.value, player };
  };
  return { under, ...real, boot, faults };
};

const orderTrial = (station: Station, number: number) => {
  const session = sessionOf(null, [clip], { drill: true });
  const now = systemClock().wallMs();
  station.point({
    orders: [
      {
        ...{ kind: 'play', id: idOf(number), notBeforeMs: now, expiresMs: now + 600_000 },
        playlist: station.plan(playlistOf(null, [session])),
      },
    ],
  });
};

test('over a real broker and real HTTP an order sounds, and its record arrives once', async () => {
  const { under, station, boot, until, faults, presence } = await village();
  station.limit({ quietHours: [] });
  orderTrial(station, 1);
  const { agent, player } = await boot();
  await until(() => station.records.some(({ kind }) => kind === 'ended'));
  expect(player.sounded).toHaveLength(1);
  expect(station.records.map(({ kind }) => kind)).toEqual(['boot', 'clock', 'ended']);
  expect(station.records.at(-1)).toMatchObject({ outcome: 'whole', drill: true });
  expect(presence).toEqual([true]);
  await agent.stop();
  await until(() => presence.at(-1) === false);
  expect(faults).toEqual([]);
  await under.end();
});

test('a broker that dies and comes back without its memory costs no record', async () => {
  const { under, station, boot, until, listen, faults } = await village();
  station.limit({ quietHours: [] });
  const { agent } = await boot();
  await until(() => station.records.some(({ kind }) => kind === 'clock'));
  const { back } = await under.outage();
  listen(await back());
  station.limit({ quietHours: [], revision: 2 });
  orderTrial(station, 2);
  await until(() => station.records.some(({ kind }) => kind === 'ended'));
  expect(station.records.map(({ seq }) => seq)).toEqual(
    station.records.map((_, index) => index + 1),
  );
  await agent.stop();
  expect(faults).toEqual([]);
  await under.end();
});
