import { createConnection, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { systemClock } from '#runtime/clock.ts';
import { enrolmentGrantSchema } from '#schemas/enrolment.ts';
import { bulletinSchema } from '#schemas/entities/bulletin.ts';
import { LIVE_BEAT_MS, LIVE_SILENCE_MS } from '#schemas/live-beat.ts';
import { topicOf } from '#schemas/topics.ts';
import type { RunningServer } from '#server/main.ts';
import { type ApiCaller, callAs, firstAdministrator } from '#tests/support/api-caller.ts';
import { openLiveClient } from '#tests/support/live-client.ts';
import { newMachine } from '#tests/support/new-machine.ts';
import { createServerPlace } from '#tests/support/running-server.ts';
import { createSignedLog, heartbeat } from '#tests/support/signed-log.ts';
import { newId } from '#tests/support/site-in-store.ts';
import { connectSpeaker } from '#tests/support/speaker-client.ts';
import { type Newsroom, openNewsroom } from './newsroom.ts';

const clock = systemClock();
let newsroom: Newsroom;
let server: RunningServer;
let administrator: ApiCaller;

const listen = async (lastId?: string) => {
  const client = await openLiveClient(server.url, administrator.token, lastId);
  onTestFinished(() => client.leave());
  return client;
};
const addUnit = (name: string) =>
  administrator.post('/api/units', { parent: null, level: 'commune', name });
const units = ({ kind }: { kind: string }) => kind === 'listChanged';

beforeAll(async () => {
  newsroom = await openNewsroom();
  ({ server, administrator } = newsroom);
});
afterAll(() => newsroom.close());

test('who is not signed in hears nothing', async () => {
  await expect(openLiveClient(server.url, undefined)).rejects.toThrow('401');
  await expect(openLiveClient(server.url, 'nobody')).rejects.toThrow('401');
});

test('what one person enters and another releases, a third one’s open screen hears', async () => {
  const screen = await listen();
  await addUnit('Xã Một');
  expect((await screen.next(units)).event).toEqual({ kind: 'listChanged', list: 'units' });
  const { operator, approver } = newsroom;
  const brought = await newsroom.upload(operator, await newsroom.speech());
  const { id, clip } = bulletinSchema.parse(brought.body);
  await approver.post(`/api/bulletins/${id}/release`, { clip });
  for (const state of ['submitted', 'released']) {
    const { event } = await screen.next(({ kind }) => kind === 'bulletinChanged');
    expect(event).toEqual({ kind: 'bulletinChanged', bulletin: id, state });
  }
});

test('a stream that stands is never silent for as long as a broken one', async () => {
  expect(LIVE_SILENCE_MS).toBeGreaterThan(3 * LIVE_BEAT_MS);
  expect(LIVE_SILENCE_MS).toBeLessThan(2000);
  const screen = await listen();
  const isBeat = ({ kind }: { kind: string }) => kind === 'beat';
  await screen.next(isBeat);
  const startMs = clock.positionMs();
  await screen.next(isBeat);
  expect(clock.positionMs() - startMs).toBeLessThan(LIVE_SILENCE_MS);
});

test('a screen that lost its stream hears what it missed, once and in order', async () => {
  const before = await listen();
  const { id } = await before.next(({ kind }) => kind === 'beat');
  before.leave();
  await addUnit('Xã Hai');
  await addUnit('Xã Ba');
  const again = await listen(id);
  const first = await again.next(units);
  const second = await again.next(units);
  expect(first.id).not.toBe(second.id);
  const third = await listen(first.id);
  expect((await third.next(units)).id).toBe(second.id);
});

test.each([
  { why: 'another run of the server gave it', id: '01900000-0000-7000-8000-000000000001-5' },
  { why: 'it is no id', id: 'hôm qua'.normalize('NFD').replaceAll(/[^ -~]/g, '') },
])('a screen is told to read everything again when $why', async ({ id }) => {
  const screen = await listen(id);
  await screen.next(({ kind }) => kind === 'resync');
});

test('what a speaker does is heard: coming, records, and an order to it', async () => {
  const created = await administrator.post('/api/speakers', {
    unit: z.array(z.object({ id: z.string() })).parse(await administrator.get('/api/units'))[0]?.id,
    name: 'Cụm loa chợ',
  });
  const { speaker, enrolment } = z
    .object({ speaker: z.object({ id: z.string() }), enrolment: z.object({ code: z.string() }) })
    .parse(created);
  const screen = await listen();
  const machine = newMachine();
  const { signer } = machine;
  const answer = await callAs(server.url).post('/api/enrol', machine.request(enrolment.code));
  const { site, broker } = enrolmentGrantSchema.parse(answer);
  await screen.next((event) => event.kind === 'speakerChanged' && event.state === 'enrolled');
  const box = await connectSpeaker(broker.url, { speaker: speaker.id, secret: broker.password });
  onTestFinished(() => box.mqtt.endAsync(true));
  const topic = (name: Parameters<typeof topicOf>[0]) =>
    topicOf(name, { site, speaker: speaker.id });
  await box.mqtt.publishAsync(topic('presence'), '{"online":true}', { qos: 1, retain: true });
  await screen.next((event) => event.kind === 'speakerHeard' && event.online);
  const log = createSignedLog({ site, speaker: speaker.id, signer });
  const boot = newId();
  const records = [log.append({ boot, posMs: 1, body: heartbeat })];
  await box.mqtt.publishAsync(topic('recordBatch'), JSON.stringify({ records }), { qos: 1 });
  const stored = await screen.next(({ kind }) => kind === 'recordStored');
  expect(stored.event).toMatchObject({ speaker: speaker.id, seq: 1, what: 'heartbeat' });
  await screen.next(({ kind }) => kind === 'verdictsMayHaveChanged');
  await newsroom.operator.post('/api/stop', { speakers: [speaker.id] });
  const ordered = await screen.next(({ kind }) => kind === 'orderGiven');
  expect(ordered.event).toMatchObject({ speaker: speaker.id, what: 'stop' });
});

const openSocket = (url: URL): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = createConnection({ port: Number(url.port), host: url.hostname });
    socket.once('error', reject);
    socket.once('connect', () => resolve(socket));
  });

test('a screen that breaks off leaves the others and the server alone', async () => {
  const screen = await listen();
  const socket = await openSocket(new URL(server.url));
  const authorization = `Bearer ${administrator.token}`;
  socket.write(`GET /api/events HTTP/1.1\r\nhost: x\r\nauthorization: ${authorization}\r\n\r\n`);
  await new Promise((resolve) => socket.once('data', resolve));
  socket.resetAndDestroy();
  await addUnit('Xã Bốn');
  await screen.next(units);
  await addUnit('Xã Năm');
  await screen.next(units);
});

test('a server that stops ends every stream at once', async () => {
  const other = await createServerPlace();
  onTestFinished(() => other.remove());
  const running = await other.run();
  const person = await firstAdministrator(running);
  const screen = await openLiveClient(running.url, person.token);
  const startMs = clock.positionMs();
  await running.stop();
  await screen.ended;
  expect(clock.positionMs() - startMs).toBeLessThan(2500);
});
