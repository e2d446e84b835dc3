import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { systemEntropy } from '#runtime/clock.ts';
import { enrolmentGrantSchema, enrolmentProofText } from '#schemas/enrolment.ts';
import { envelopeSchema } from '#schemas/envelope.ts';
import { type PlaylistPointer, pointerSchema } from '#schemas/pointer.ts';
import { topicOf } from '#schemas/topics.ts';
import type { RunningServer } from '#server/main.ts';
import { dynamicSecurityFile, SALT_BYTES } from '#server/mqtt/dynamic-security-file.ts';
import {
  type ApiCaller,
  callAs,
  firstAdministrator,
  newPerson,
} from '#tests/support/api-caller.ts';
import { startMosquitto } from '#tests/support/mosquitto.ts';
import { createServerPlace, type ServerPlace } from '#tests/support/running-server.ts';
import {
  createSignedLog,
  heartbeat,
  newSigner,
  type SignedLog,
} from '#tests/support/signed-log.ts';
import { newId } from '#tests/support/site-in-store.ts';
import { connectSpeaker, type SpeakerClient } from '#tests/support/speaker-client.ts';

const texts = [{ key: 'phat-thu', trial: true, script: ['Đây là buổi phát thử.'] }];

const noBroker = async () => ({ settings: {}, end: async () => undefined });

/** Mosquitto as deployed, with the settings that lead the server to it. */
const mosquitto = async () => {
  const username = 'may-chu';
  const password = 'mat-khau-cua-may-chu';
  const salt = systemEntropy.bytes(SALT_BYTES);
  const policy = dynamicSecurityFile({ site: 'xa-thu', username, password, salt });
  const { url, end } = await startMosquitto(policy);
  const settings = { BROKER_URL: url, BROKER_USERNAME: username, BROKER_PASSWORD: password };
  return { settings, end };
};

const brokers = [
  { broker: 'its own broker', startBroker: noBroker },
  { broker: 'mosquitto as deployed', startBroker: mosquitto },
];

describe.each(brokers)('a speaker of a running server with $broker', ({ startBroker }) => {
  let external: Awaited<ReturnType<typeof startBroker>>;
  let place: ServerPlace;
  let server: RunningServer;
  let operator: ApiCaller;
  let inspector: ApiCaller;
  let client: SpeakerClient;
  let speaker: string;
  let log: SignedLog;
  let topic: (name: Parameters<typeof topicOf>[0]) => string;

  const nextPointer = async (
    fits: (pointer: PlaylistPointer) => boolean,
  ): Promise<PlaylistPointer> => {
    while (true) {
      const { text } = await client.next(topic('pointer'));
      const { payload } = envelopeSchema.parse(JSON.parse(text));
      const pointer = pointerSchema.parse(JSON.parse(Buffer.from(payload, 'base64').toString()));
      if (fits(pointer)) return pointer;
    }
  };

  beforeAll(async () => {
    place = await createServerPlace(texts);
    // Without quiet hours, so that the answer does not depend on the hour of the test.
    external = await startBroker();
    const settings = { STARTER_QUIET_HOURS: 'none', ...external.settings };
    server = await place.run({ settings });
    const administrator = await firstAdministrator(server);
    operator = await newPerson(server, administrator, { username: 'lan', roles: ['operator'] });
    inspector = await newPerson(server, administrator, {
      username: 'minh',
      roles: ['inspector'],
    });
    const [known] = z
      .array(z.object({ id: z.string() }))
      .parse(await operator.get('/api/speakers'));
    speaker = known?.id ?? '';
    const issued = await administrator.post(`/api/speakers/${speaker}/code`);
    const { code } = z.object({ code: z.string() }).parse(issued);
    const signer = newSigner();
    const publicKey = Buffer.from(signer.publicKey).toString('base64');
    const plain = code.replaceAll('-', '');
    const proof = signer.sign(Buffer.from(enrolmentProofText(plain, publicKey)));
    const request = { code, publicKey, proof: Buffer.from(proof).toString('base64') };
    const grant = enrolmentGrantSchema.parse(await callAs(server.url).post('/api/enrol', request));
    const { site, broker } = grant;
    log = createSignedLog({ site, speaker, signer });
    topic = (name) => topicOf(name, { site, speaker });
    client = await connectSpeaker(broker.url, { speaker, secret: broker.password });
    await client.mqtt.subscribeAsync([topic('pointer'), topic('limits'), topic('recordAck')], {
      qos: 1,
    });
  });
  afterAll(async () => {
    await client?.mqtt.endAsync(true);
    await server?.stop();
    await external?.end();
    await place?.remove();
  });

  it('is told its limits, its days and, once, the trial broadcast as a drill', async () => {
    await client.next(topic('limits'));
    const pointer = await nextPointer(({ orders }) => orders.length > 0);
    expect(Object.keys(pointer.days).length).toBeGreaterThanOrEqual(15);
    expect(pointer.orders).toMatchObject([{ kind: 'play' }]);
  });

  it('plays what the operator orders, and stops', async () => {
    const bulletins = z
      .array(z.object({ id: z.string(), title: z.string() }))
      .parse(await operator.get('/api/bulletins'));
    const wanted = bulletins.find(({ title }) => title === 'phat-thu')?.id ?? '';
    const order = { speakers: [speaker], bulletins: [wanted] };
    expect(await operator.post('/api/play', order)).toMatchObject([{ speaker, waitsUntil: null }]);
    await nextPointer(({ orders }) => orders.length === 2);
    await operator.post('/api/stop', { speakers: [speaker] });
    const stopped = await nextPointer(({ orders }) => orders.length === 3);
    expect(stopped.orders.at(-1)).toMatchObject({ kind: 'stop' });
  });

  it('shows its plans with what could not be planned', async () => {
    const [plans] = z
      .array(z.object({ speaker: z.string(), days: z.array(z.looseObject({})) }))
      .parse(await operator.get(`/api/plans?speaker=${speaker}`));
    expect(plans?.speaker).toBe(speaker);
    expect(plans?.days.length).toBeGreaterThanOrEqual(15);
    expect(plans?.days[1]).toMatchObject({ shortfalls: [], problems: expect.any(Array) });
  });

  it('has its log shown, exported and judged', async () => {
    const boot = newId();
    const records = [0, 1, 2].map((posMs) => log.append({ body: heartbeat, boot, posMs }));
    await client.mqtt.publishAsync(topic('recordBatch'), JSON.stringify({ records }), { qos: 1 });
    await client.until(topic('recordAck'), '{"upTo":3}');
    expect(await operator.get(`/api/speakers/${speaker}/log?limit=2`)).toMatchObject({
      head: { seq: 3 },
      records: [
        { seq: 2, signature: 'right', chain: 'right' },
        { seq: 3, signature: 'right', chain: 'right' },
      ],
    });
    const exported = await fetch(`${server.url}/api/speakers/${speaker}/log/export`, {
      headers: { authorization: `Bearer ${operator.token}` },
    });
    const lines = (await exported.text()).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(records);
    expect(await operator.get('/api/verdicts')).toMatchObject({
      verdicts: [{ speaker, verdict: 'notDue' }],
      findings: [],
    });
  });

  it('is shown as there or gone', async () => {
    await client.mqtt.publishAsync(topic('presence'), '{"online":true}', { qos: 1 });
    const boot = newId();
    const record = log.append({ body: heartbeat, boot, posMs: 9 });
    const batch = JSON.stringify({ records: [record] });
    await client.mqtt.publishAsync(topic('recordBatch'), batch, { qos: 1 });
    await client.until(topic('recordAck'), '{"upTo":4}');
    expect(await operator.get(`/api/speakers/${speaker}/health`)).toMatchObject({ online: true });
  });

  it('is neither played nor stopped by who is no operator', async () => {
    for (const path of ['/api/play', '/api/stop']) {
      expect(await callAs(server.url).call('POST', path, { json: {} })).toMatchObject({
        status: 401,
      });
      expect(await inspector.call('POST', path, { json: {} })).toMatchObject({ status: 403 });
    }
    expect(await inspector.get('/api/verdicts')).toMatchObject({ capFindings: [] });
  });

  it.each(['9999-12-31', '0001-01-01'])('is asked about no day like %s', async (day) => {
    for (const path of ['verdicts', 'plans']) {
      const refused = await inspector.call('GET', `/api/${path}?day=${day}`);
      expect(refused).toMatchObject({ status: 400, body: { code: 'requestInvalid' } });
    }
  });
});
