import { connectAsync } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createId, systemClock, systemEntropy } from '#runtime/clock.ts';
import { MAX_MESSAGE_BYTES, topicOf } from '#schemas/topics.ts';
import type { ArrivedMessage } from '#server/ports/broker.ts';
import {
  type BrokerUnderTest,
  embeddedUnderTest,
  mosquittoUnderTest,
  SITE,
} from '#tests/support/brokers.ts';
import { connectSpeaker } from '#tests/support/speaker-client.ts';

const clock = systemClock();
const newSpeaker = () => createId(clock, systemEntropy);
const nonce = '00112233445566778899aabbccddeeff';

const brokers = [
  { name: 'the embedded broker', start: embeddedUnderTest },
  { name: 'mosquitto as deployed', start: mosquittoUnderTest },
];

/** Calls back with every message that reaches the server. */
const listen = (under: BrokerUnderTest) => {
  const messages: ArrivedMessage[] = [];
  const waiting = new Set<() => void>();
  under.broker.onMessage(async (message) => {
    messages.push(message);
    for (const look of waiting) look();
  });
  const until = (wanted: (message: ArrivedMessage) => boolean): Promise<ArrivedMessage> =>
    new Promise((resolve) => {
      const look = () => {
        const found = messages.find(wanted);
        if (found === undefined) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    });
  return { messages, until };
};

describe.each(brokers)('$name', ({ start }) => {
  let under: BrokerUnderTest;
  beforeAll(async () => {
    under = await start();
  });
  afterAll(() => under.end());

  const enter = async (speaker = newSpeaker()) => {
    const secret = await under.admit(speaker);
    return { speaker, secret, client: await connectSpeaker(under.url, { speaker, secret }) };
  };

  it('refuses a wrong secret, another speaker’s secret, and nobody', async () => {
    const a = newSpeaker();
    const b = newSpeaker();
    const secretOfA = await under.admit(a);
    await under.admit(b);
    const tries = [
      { username: a, password: 'wrong-secret-of-24-characters' },
      { username: b, password: secretOfA },
      { username: newSpeaker(), password: secretOfA },
      {},
    ];
    for (const credentials of tries) {
      const attempt = connectAsync(under.url, {
        ...credentials,
        protocolVersion: 4,
        reconnectPeriod: 0,
      });
      await expect(attempt).rejects.toMatchObject({ code: expect.any(Number) });
    }
  });

  it('brings a speaker’s question to the server and the answer to that speaker only', async () => {
    const heard = listen(under);
    const one = await enter();
    const other = await enter();
    const answerTo = (speaker: string) => topicOf('timeAnswer', { site: SITE, speaker });
    await one.client.mqtt.subscribeAsync(answerTo(one.speaker), { qos: 1 });
    await other.client.mqtt.subscribeAsync(answerTo(other.speaker), { qos: 1 });
    const question = topicOf('timeQuestion', { site: SITE, speaker: one.speaker });
    await one.client.mqtt.publishAsync(question, JSON.stringify({ nonce }), { qos: 1 });
    const arrived = await heard.until((message) => message.values.speaker === one.speaker);
    expect(arrived).toMatchObject({ name: 'timeQuestion', payload: { nonce } });
    const topic = answerTo(one.speaker);
    await under.broker.publish({ topic, payload: 'answer', retain: false });
    expect(await one.client.next(topic)).toMatchObject({ text: 'answer' });
    expect(other.client.arrived()).toEqual([]);
    await Promise.all([one.client.mqtt.endAsync(), other.client.mqtt.endAsync()]);
  });

  it('lets no speaker read another’s topics or everything', async () => {
    const { client } = await enter();
    const victim = newSpeaker();
    const filters = [
      topicOf('pointer', { site: SITE, speaker: victim }),
      topicOf('pointer', { site: SITE }),
      topicOf('recordBatch', { site: SITE }),
      '#',
      'tl/#',
      '$SYS/#',
      '$CONTROL/#',
    ];
    for (const filter of filters) {
      const outcome = client.mqtt.subscribeAsync(filter, { qos: 1 });
      const granted = await outcome.catch((error: { packet?: { granted: number[] } }) =>
        (error.packet?.granted ?? [128]).map((qos) => ({ qos })),
      );
      expect(granted, filter).toMatchObject([{ qos: 128 }]);
    }
    await client.mqtt.endAsync();
  });

  it('lets no speaker write what is not its own to write', async () => {
    const heard = listen(under);
    const victim = await enter();
    const pointer = topicOf('pointer', { site: SITE, speaker: victim.speaker });
    await victim.client.mqtt.subscribeAsync(pointer, { qos: 1 });
    const forbidden = [
      pointer,
      topicOf('timeQuestion', { site: SITE, speaker: victim.speaker }),
      topicOf('timeQuestion', { site: 'another-site', speaker: victim.speaker }),
      topicOf('plan', { site: SITE, sha256: 'a'.repeat(64) }),
      '$CONTROL/dynamic-security/v1',
    ];
    for (const topic of forbidden) {
      const attacker = await enter();
      const payload = JSON.stringify({ nonce });
      // A refused message ends the connection at one broker and is dropped by the other.
      attacker.client.mqtt.publish(topic, payload, { qos: 1, retain: true }, () => undefined);
      const own = topicOf('timeQuestion', { site: SITE, speaker: attacker.speaker });
      const again = await connectSpeaker(under.url, attacker);
      await again.mqtt.publishAsync(own, payload, { qos: 1 });
      await heard.until((message) => message.values.speaker === attacker.speaker);
      await Promise.all([attacker.client.mqtt.endAsync(true), again.mqtt.endAsync()]);
    }
    expect(heard.messages.map((message) => message.values.speaker)).not.toContain(victim.speaker);
    expect(victim.client.arrived()).toEqual([]);
    await victim.client.mqtt.endAsync();
  });

  it('delivers the retained pointer to a speaker that was away', async () => {
    const { speaker, secret, client } = await enter();
    await client.mqtt.endAsync();
    const topic = topicOf('pointer', { site: SITE, speaker });
    await under.broker.publish({ topic, payload: 'first', retain: true });
    await under.broker.publish({ topic, payload: 'second', retain: true });
    const again = await connectSpeaker(under.url, { speaker, secret });
    await again.mqtt.subscribeAsync(topic, { qos: 1 });
    expect(await again.next(topic)).toEqual({ text: 'second', retained: true });
    await again.mqtt.endAsync();
  });

  it('says that a speaker is gone when its connection breaks', async () => {
    const heard = listen(under);
    const speaker = newSpeaker();
    const secret = await under.admit(speaker);
    const topic = topicOf('presence', { site: SITE, speaker });
    const will = { topic, payload: Buffer.from('{"online":false}'), qos: 1, retain: true } as const;
    const client = await connectSpeaker(under.url, { speaker, secret }, { will });
    client.mqtt.stream.destroy();
    const gone = await heard.until((message) => message.name === 'presence');
    expect(gone).toMatchObject({ values: { speaker }, payload: { online: false } });
  });

  it('takes a full message and refuses a larger one', async () => {
    const heard = listen(under);
    const { speaker, client } = await enter();
    const topic = topicOf('timeQuestion', { site: SITE, speaker });
    const text = JSON.stringify({ nonce });
    await client.mqtt.publishAsync(topic, text.padEnd(MAX_MESSAGE_BYTES), { qos: 1 });
    await heard.until((message) => message.values.speaker === speaker);
    const cut = new Promise((resolve) => client.mqtt.once('close', () => resolve('cut')));
    client.mqtt.publish(topic, text.padEnd(MAX_MESSAGE_BYTES * 4), { qos: 1 }, () => undefined);
    expect(await cut).toBe('cut');
    expect(heard.messages.filter((message) => message.values.speaker === speaker)).toHaveLength(1);
    await client.mqtt.endAsync(true);
  });

  it('hands over nothing that is not in its topic’s form, and goes on', async () => {
    const heard = listen(under);
    const { speaker, client } = await enter();
    const topic = topicOf('timeQuestion', { site: SITE, speaker });
    for (const garbage of ['', '{', '"x"', '{"nonce":1}', '\u0000']) {
      await client.mqtt.publishAsync(topic, garbage, { qos: 1 });
    }
    await client.mqtt.publishAsync(topic, Buffer.from([0xff, 0xfe]), { qos: 1 });
    await client.mqtt.publishAsync(topic, JSON.stringify({ nonce }), { qos: 1 });
    await heard.until((message) => message.values.speaker === speaker);
    expect(heard.messages).toHaveLength(1);
    await client.mqtt.endAsync();
  });

  it('shuts an expelled speaker out, also from the connection it has', async () => {
    const { speaker, client } = await enter();
    const closed = new Promise((resolve) => client.mqtt.once('close', () => resolve('closed')));
    await under.broker.expel(speaker);
    expect(await closed).toBe('closed');
    await client.mqtt.endAsync(true);
  });
});
