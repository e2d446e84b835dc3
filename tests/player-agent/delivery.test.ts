import { expect, test } from 'vitest';
import { topicOf } from '#schemas/topics.ts';
import { SITE } from '#tests/support/brokers.ts';
import { type AgentRig, createAgentRig } from './support/agent-rig.ts';
import { clipOf, playlistOf, SPEAKER, sessionOf } from './support/station.ts';

const DAY = '2026-11-23';
const START = Date.parse(`${DAY}T08:05:00+07:00`);
const HOUR = 3_600_000;
const clip = clipOf('bulletin', 3_000);

const village = (): AgentRig => {
  const rig = createAgentRig({ at: `${DAY}T08:00:00+07:00` });
  rig.addClips(clip);
  rig.station.limit();
  const session = sessionOf(START, new Array(50).fill(clip));
  rig.station.point({ days: { [DAY]: rig.station.plan(playlistOf(DAY, [session])) } });
  return rig;
};

const seqs = (rig: AgentRig): number[] => rig.station.records.map(({ seq }) => seq);
const counted = (most: number): number[] => Array.from({ length: most }, (_, index) => index + 1);

test('what was recorded without a network arrives afterwards, each record once and in order', async () => {
  const rig = village();
  const boot = await rig.boot();
  await rig.clock.advance(60_000);
  rig.broker.setUp(false);
  await rig.clock.advance(24 * HOUR);
  rig.broker.setUp(true);
  await rig.clock.settle();
  const { logSeq } = await boot.agent.health();
  expect(seqs(rig)).toEqual(counted(logSeq));
  expect(rig.recordsOf('ended')).toHaveLength(50);
  expect(rig.station.repeats()).toBe(0);
  expect(rig.faults).toEqual([]);
});

test('a connection that comes and goes loses nothing and stores nothing twice', async () => {
  const rig = village();
  const boot = await rig.boot();
  for (let times = 0; times < 40; times += 1) {
    rig.broker.setUp(times % 3 === 0);
    await rig.clock.advance(9_100);
  }
  rig.broker.setUp(true);
  await rig.clock.advance(60_000);
  expect(seqs(rig)).toEqual(counted((await boot.agent.health()).logSeq));
});

test('what is not acknowledged is sent again, and nothing more until it is', async () => {
  const rig = village();
  const boot = await rig.boot();
  rig.station.acknowledges(false);
  await rig.clock.advance(10 * 60_000);
  const batches = rig.broker.written.filter(({ topic }) => topic.endsWith('/log/records'));
  expect(batches.length).toBeLessThan(25);
  rig.station.acknowledges(true);
  await rig.clock.advance(60_000);
  expect(seqs(rig)).toEqual(counted((await boot.agent.health()).logSeq));
});

test('an agent that starts again goes on after the last acknowledgement', async () => {
  const rig = village();
  const first = await rig.boot();
  await rig.clock.advance(10 * 60_000);
  first.powerCut();
  const before = rig.broker.written.length;
  await rig.boot();
  await rig.clock.advance(1_000);
  const sent = rig.broker.written
    .slice(before)
    .filter(({ topic }) => topic.endsWith('/log/records'))
    .flatMap(({ payload }) => JSON.parse(Buffer.from(payload).toString('utf8')).records);
  expect(sent).toHaveLength(2);
  expect(rig.station.repeats()).toBe(0);
});

test('the server gets a range that it misses, read again from the file', async () => {
  const rig = village();
  await rig.boot();
  await rig.clock.advance(10 * 60_000);
  const before = rig.station.repeats();
  rig.station.send('recordRange', { from: 3, to: 12 });
  await rig.clock.settle();
  expect(rig.station.repeats() - before).toBe(10);
  rig.station.send('recordRange', { from: 90_000, to: 90_001 });
  await rig.clock.settle();
  expect(rig.faults).toEqual([]);
});

test.each([
  { why: 'it is no JSON', payload: 'ack' },
  { why: 'it acknowledges less than nothing', payload: '{"upTo":-1}' },
  { why: 'it asks for a range that is too long', payload: '{"from":1,"to":100000}' },
])('a message of the server is passed over when $why', async ({ payload }) => {
  const rig = village();
  await rig.boot();
  for (const name of ['recordAck', 'recordRange', 'permit'] as const) {
    rig.station.sendRaw(topicOf(name, { site: SITE, speaker: SPEAKER }), Buffer.from(payload));
  }
  rig.station.sendRaw('some/other/topic', Buffer.from(payload));
  await rig.clock.advance(10 * 60_000);
  expect(rig.faults).toEqual([]);
  expect(rig.recordsOf('ended')).toHaveLength(50);
});

test('a disk that is full loses no record and leaves nothing half-done', async () => {
  const rig = village();
  const boot = await rig.boot();
  await rig.clock.advanceToWall(START + 31_000);
  boot.disk.setFull(true);
  await rig.clock.advanceToWall(START + 61_000);
  const during = rig.station.records.length;
  rig.station.point({ days: {} });
  await rig.clock.settle();
  expect((await boot.agent.health()).pointerRevision).toBe(1);
  boot.disk.setFull(false);
  await rig.clock.advanceToWall(START + 200_000);
  expect(rig.recordsOf('ended').length).toBeGreaterThan(19);
  expect(rig.station.records.length).toBeGreaterThan(during);
  expect((await boot.agent.health()).pointerRevision).toBe(2);
  const audible = rig.recordsOf('ended').flatMap((record) => record.audible);
  expect(audible).toEqual(boot.player.sounded.map(({ fromMs, toMs }) => ({ fromMs, toMs })));
  expect(rig.faults).toEqual([]);
});
