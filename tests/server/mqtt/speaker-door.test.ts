import { connect as openSocket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock, systemEntropy } from '#runtime/clock.ts';
import { createLogger } from '#runtime/logger.ts';
import { topicOf } from '#schemas/topics.ts';
import { startEmbeddedBroker } from '#server/mqtt/embedded-broker.ts';
import { openSpeakerDoor } from '#server/mqtt/speaker-door.ts';
import { createSpeakerQueues } from '#server/mqtt/speaker-queues.ts';
import { createAnswerTime } from '#server/services/answer-time.ts';
import { keepReport } from '#server/services/keep-report.ts';
import { receiveRecords } from '#server/services/receive-records.ts';
import { createSpeakerWatch } from '#server/services/watch-speakers.ts';
import { openTestStore } from '#tests/server/db/open-test-store.ts';
import { embeddedUnderTest, SITE } from '#tests/support/brokers.ts';
import { createSignedLog, heartbeat, newSigner } from '#tests/support/signed-log.ts';
import { newId, putSite } from '#tests/support/site-in-store.ts';
import { connectSpeaker } from '#tests/support/speaker-client.ts';

const open = async () => {
  const { store } = await openTestStore();
  const site = await putSite(store);
  const under = await embeddedUnderTest();
  onTestFinished(() => under.end());
  const { broker } = under;
  const clock = systemClock();
  const log = createLogger('test', 'silent');
  const ports = {
    store,
    broker,
    clock,
    entropy: systemEntropy,
    log,
    keys: { signer: newSigner() },
  };
  const watch = createSpeakerWatch();
  const door = openSpeakerDoor({
    broker,
    clock,
    log,
    watch,
    answerTime: createAnswerTime(ports),
    keepReport: (speaker, health) => keepReport(ports, speaker, health),
    receiveRecords: (speaker, batch) => receiveRecords(ports, speaker, batch),
  });
  const enter = async () => {
    const { speaker, signer } = await site.enrol();
    const secret = await under.admit(speaker.id);
    const client = await connectSpeaker(under.url, { speaker: speaker.id, secret });
    onTestFinished(() => client.mqtt.endAsync(true));
    const own = { site: SITE, speaker: speaker.id };
    const topics = {
      records: topicOf('recordBatch', own),
      ack: topicOf('recordAck', own),
      question: topicOf('timeQuestion', own),
      answer: topicOf('timeAnswer', own),
      presence: topicOf('presence', own),
    };
    await client.mqtt.subscribeAsync([topics.ack, topics.answer], { qos: 1 });
    const say = (topic: string, payload: unknown) =>
      client.mqtt.publishAsync(topic, JSON.stringify(payload), { qos: 1 });
    return { speaker, client, topics, say, log: createSignedLog({ ...own, signer }) };
  };
  return { store, door, watch, enter };
};

const boot = newId();

describe('a speaker at the embedded broker, with the real database', () => {
  it('sends records and gets them acknowledged, also after it sent garbage', async () => {
    const { store, enter } = await open();
    const { speaker, client, topics, say, log } = await enter();
    const records = [1, 2, 3].map((posMs) => log.append({ body: heartbeat, boot, posMs }));
    for (const garbage of ['', 'x', [], { records: [] }, { records: [{}] }, null]) {
      await say(topics.records, garbage);
    }
    await say(topics.records, { records });
    await client.until(topics.ack, '{"upTo":3}');
    expect(await store.logHead(speaker.id)).toEqual(log.head());
  });

  it('asks for the time and is answered', async () => {
    const { enter } = await open();
    const { client, topics, say } = await enter();
    await say(topics.question, { nonce: 'ab'.repeat(16) });
    expect(JSON.parse((await client.next(topics.answer)).text)).toMatchObject({ purpose: 'time' });
  });

  it('cannot bring another speaker’s record under its own name', async () => {
    const { store, door, enter } = await open();
    const thief = await enter();
    const victim = await enter();
    const record = victim.log.append({ body: heartbeat, boot, posMs: 1 });
    await thief.say(thief.topics.records, { records: [record] });
    await thief.client.until(thief.topics.ack, '{"upTo":0}');
    await door.idle();
    expect(await store.logHead(victim.speaker.id)).toMatchObject({ seq: 0 });
    expect(await store.findings(thief.speaker.id)).toMatchObject([{ code: 'keyUnknown' }]);
  });

  it('is known to be there', async () => {
    const { watch, enter } = await open();
    const { speaker, client, topics, say } = await enter();
    expect(watch.stateOf(speaker.id)).toMatchObject({ online: false, health: null });
    await say(topics.presence, { online: true });
    await say(topics.question, { nonce: 'cd'.repeat(16) });
    await client.next(topics.answer);
    expect(watch.stateOf(speaker.id)).toMatchObject({ online: true });
  });
});

describe('the embedded broker', () => {
  it('stops at once although somebody holds a connection without signing in', async () => {
    const under = await embeddedUnderTest();
    const socket = openSocket(Number(new URL(under.url).port), '127.0.0.1');
    socket.on('error', () => undefined);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await new Promise((resolve) => socket.once('connect', resolve));
    socket.write(Buffer.from([0x10]));
    await under.end();
    await closed;
  });

  it('says so when its port is taken', async () => {
    const under = await embeddedUnderTest();
    onTestFinished(() => under.end());
    const port = Number(new URL(under.url).port);
    const second = await startEmbeddedBroker({
      site: SITE,
      address: { host: '127.0.0.1', port, hostSetting: 'MQTT_HOST', portSetting: 'MQTT_PORT' },
      speakerBySecretHash: async () => undefined,
      log: createLogger('test', 'silent'),
    });
    expect(second).toEqual({
      ok: false,
      problem: { code: 'portTaken', port, setting: 'MQTT_PORT' },
    });
  });

  it('says so when its address is not this machine’s', async () => {
    const address = { host: '192.0.2.77', port: 0, hostSetting: 'HOST', portSetting: 'PORT' };
    const refused = await startEmbeddedBroker({
      site: SITE,
      address,
      speakerBySecretHash: async () => undefined,
      log: createLogger('test', 'silent'),
    });
    const issues = [{ setting: 'HOST', issue: 'EADDRNOTAVAIL' }];
    expect(refused).toEqual({ ok: false, problem: { code: 'configurationInvalid', issues } });
  });
});

describe('the queues of speakers', () => {
  it('do one speaker’s work in order, one at a time, and refuse what is above the bound', async () => {
    const done: number[] = [];
    const errors: unknown[] = [];
    const gate = Promise.withResolvers<void>();
    const queues = createSpeakerQueues({
      mostPerSpeaker: 3,
      mostOfAll: 4,
      onError: (_, error) => errors.push(error),
    });
    const work = (number: number) => async () => {
      await gate.promise;
      done.push(number);
      if (number === 2) throw new Error('broken');
    };
    expect([1, 2, 3, 4].map((number) => queues.add('a', work(number)))).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect(queues.add('b', work(10))).toBe(true);
    expect(queues.add('c', work(20))).toBe(false);
    gate.resolve();
    await queues.idle();
    expect(done.filter((number) => number < 10)).toEqual([1, 2, 3]);
    expect(errors).toHaveLength(1);
    expect(queues.add('c', work(21))).toBe(true);
    await queues.idle();
    expect(done).toContain(21);
  });
});
