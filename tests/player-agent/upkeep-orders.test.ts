import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Order } from '#schemas/pointer.ts';
import { createAgentRig } from './support/agent-rig.ts';
import { clipOf, idOf, playlistOf, sessionOf } from './support/station.ts';

const DAY = '2026-11-23';
const at = (time: string) => Date.parse(`${DAY}T${time}+07:00`);
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const clip = clipOf('bulletin', MINUTE_MS);

/** A speaker that starts anew when it is ordered to, as its program does, and how often it did. */
const village = async () => {
  const rig = createAgentRig({ at: `${DAY}T08:00:00+07:00` });
  rig.addClips(clip);
  rig.station.limit();
  const day = rig.station.plan(playlistOf(DAY, [sessionOf(at('08:05:00'), [clip, clip])]));
  const days = { [DAY]: day };
  let restarts = 0;
  const start = () =>
    rig.boot({
      onRestart: () => {
        restarts += 1;
      },
    });
  rig.station.point({ days });
  await rig.clock.advance(1_000);
  const order = (orders: Order[]) => rig.station.point({ days, orders });
  return { rig, start, order, restarts: () => restarts };
};

const restart = (number: number, givenMs: number): Order => ({
  kind: 'restart',
  id: idOf(number),
  givenMs,
  expiresMs: givenMs + HOUR_MS,
});

test('a restart that was ordered is done once, and the log says that it was ordered', async () => {
  const { rig, start, order, restarts } = await village();
  const first = await start();
  await rig.clock.advance(MINUTE_MS);
  order([restart(1, rig.clock.wallMs())]);
  await rig.clock.advance(1_000);
  expect(restarts()).toBe(1);
  await first.agent.stop('ordered');
  const second = await start();
  await rig.clock.advance(10 * MINUTE_MS);
  expect(restarts()).toBe(1);
  expect(rig.recordsOf('boot').map(({ cause }) => cause)).toEqual(['first', 'ordered']);
  await second.agent.stop();
  await start();
  expect(rig.recordsOf('boot').at(-1)).toMatchObject({ cause: 'cleanStop' });
});

test('a speaker that forgot its orders does not start again and again', async () => {
  const { rig, start, order, restarts } = await village();
  const first = await start();
  await rig.clock.advance(MINUTE_MS);
  order([restart(1, rig.clock.wallMs())]);
  await rig.clock.advance(1_000);
  await first.agent.stop('ordered');
  await rm(join(rig.folder, 'sessions.json'));
  await start();
  await rig.clock.advance(MINUTE_MS);
  expect(restarts()).toBe(1);
});

test('what a restart cuts off is recorded, and the session goes on where it would be', async () => {
  const { rig, start, order } = await village();
  const first = await start();
  await rig.clock.advanceToWall(at('08:05:20'));
  order([restart(1, rig.clock.wallMs())]);
  await first.agent.stop('ordered');
  await start();
  await rig.clock.advance(5 * MINUTE_MS);
  const reasons = rig.recordsOf('ended').map(({ reason }) => reason);
  expect(reasons).toEqual(['agentStopped', 'joinedLate', null]);
});

test('an order that comes too late is refused with that reason and not carried out', async () => {
  const { rig, start, order, restarts } = await village();
  const givenMs = rig.clock.wallMs() - 2 * HOUR_MS;
  order([
    restart(1, givenMs),
    { kind: 'deliverLog', id: idOf(2), fromSeq: 1, expiresMs: givenMs + HOUR_MS },
  ]);
  await start();
  await rig.clock.advance(10 * MINUTE_MS);
  expect(restarts()).toBe(0);
  const refused = rig.recordsOf('refused').map(({ what, reason }) => [what, reason]);
  expect(refused).toEqual([
    ['order', 'expired'],
    ['order', 'expired'],
  ]);
});

test('a server that lost the end of the log gets it again, once, oldest first', async () => {
  const { rig, start, order } = await village();
  const boot = await start();
  await rig.clock.advance(10 * MINUTE_MS);
  const { logSeq } = await boot.agent.health();
  expect(rig.station.repeats()).toBe(0);
  const expiresMs = rig.clock.wallMs() + HOUR_MS;
  order([{ kind: 'deliverLog', id: idOf(1), fromSeq: 3, expiresMs }]);
  await rig.clock.advance(MINUTE_MS);
  expect(rig.station.repeats()).toBe(logSeq - 2);
  await rig.clock.advance(10 * MINUTE_MS);
  expect(rig.station.repeats()).toBe(logSeq - 2);
});

test('an order for the log sends at once what waits for an acknowledgement', async () => {
  const { rig, start, order } = await village();
  await start();
  rig.station.acknowledges(false);
  await rig.clock.advance(6 * MINUTE_MS);
  const before = rig.station.head().seq;
  rig.station.acknowledges(true);
  const expiresMs = rig.clock.wallMs() + HOUR_MS;
  order([{ kind: 'deliverLog', id: idOf(1), fromSeq: before + 1, expiresMs }]);
  await rig.clock.settle();
  const { logSeq } = rig.station.health() ?? { logSeq: 0 };
  expect(rig.station.head().seq).toBeGreaterThanOrEqual(logSeq);
});

test('a restart waits for the end of an emergency', async () => {
  const { rig, start, order, restarts } = await village();
  const siren = clipOf('siren', 10_000);
  rig.addClips(siren);
  const alert = rig.station.plan(playlistOf(null, [sessionOf(null, [siren])]));
  rig.station.limit({ revision: 2, alerts: [alert] });
  await start();
  await rig.clock.advance(MINUTE_MS);
  rig.station.alarm({ playlist: alert, repeats: 1 });
  await rig.clock.advance(5_000);
  order([restart(1, rig.clock.wallMs())]);
  await rig.clock.advance(4_000);
  expect(restarts()).toBe(0);
  await rig.clock.advance(2_000);
  expect(restarts()).toBe(1);
  expect(rig.recordsOf('ended').map(({ reason }) => reason)).toEqual([null]);
});
