import { describe, expect, it, onTestFinished } from 'vitest';
import { createId, systemClock, systemEntropy } from '#runtime/clock.ts';
import { createLogger } from '#runtime/logger.ts';
import { topicOf } from '#schemas/topics.ts';
import { OUTBOX_BATCH, startOutboxPump } from '#server/mqtt/outbox-pump.ts';
import type { OutgoingMessage } from '#server/ports/store.ts';
import { openTestStore } from '#tests/server/db/open-test-store.ts';
import { embeddedUnderTest, mosquittoUnderTest, SITE } from '#tests/support/brokers.ts';
import { createFakeClock } from '#tests/support/fake-clock.ts';
import { connectSpeaker } from '#tests/support/speaker-client.ts';

const clock = systemClock();
const log = createLogger('test', 'silent');
const newId = () => createId(clock, systemEntropy);

const retained = (topic: string, payload: string): OutgoingMessage => ({
  id: newId(),
  topic,
  payload,
  retain: true,
});

const brokers = [
  { name: 'the embedded broker', start: embeddedUnderTest },
  { name: 'mosquitto as deployed', start: mosquittoUnderTest },
];

describe.each(brokers)('the outbox over $name', ({ start }) => {
  it('an outage loses nothing: before, during and after it every message arrives', async () => {
    const { store } = await openTestStore();
    const under = await start();
    onTestFinished(() => under.end());
    const speaker = newId();
    const secret = await under.admit(speaker);
    const pointer = topicOf('pointer', { site: SITE, speaker });
    const limits = topicOf('limits', { site: SITE, speaker });
    const first = startOutboxPump({ store, broker: under.broker, clock, log });
    const commit = (...outbox: OutgoingMessage[]) => store.commit({ changes: [], outbox });
    await commit(retained(pointer, 'before'), retained(limits, 'before'));
    first.wake();
    const before = await connectSpeaker(under.url, { speaker, secret });
    await before.mqtt.subscribeAsync([pointer, limits], { qos: 1 });
    await before.until(pointer, 'before');
    await before.until(limits, 'before');

    const outage = await under.outage();
    await commit(retained(pointer, 'during'));
    first.wake();
    await first.stop();
    const broker = await outage.back();
    const second = startOutboxPump({ store, broker, clock, log });
    onTestFinished(() => second.stop());
    const after = await connectSpeaker(under.url, { speaker, secret });
    await after.mqtt.subscribeAsync([pointer, limits], { qos: 1 });
    await after.until(limits, 'before');
    await after.until(pointer, 'during');
    await commit(retained(pointer, 'after'));
    second.wake();
    await after.until(pointer, 'after');
    await Promise.all([before.mqtt.endAsync(true), after.mqtt.endAsync()]);
  });
});

describe('the outbox', () => {
  const commitMany = async (count: number) => {
    const { store } = await openTestStore();
    const outbox = Array.from({ length: count }, (_, index) =>
      retained(`tl/v1/${SITE}/topic-${index % 7}`, String(index)),
    );
    await store.commit({ changes: [], outbox });
    return store;
  };

  it('keeps the order within a topic, over many batches', async () => {
    const count = OUTBOX_BATCH * 3 + 5;
    const store = await commitMany(count);
    const arrived = new Map<string, number[]>();
    const done = Promise.withResolvers<void>();
    let total = 0;
    const pump = startOutboxPump({
      store,
      clock,
      log,
      broker: {
        onUp: () => undefined,
        publish: async ({ topic, payload }) => {
          arrived.set(topic, [...(arrived.get(topic) ?? []), Number(payload)]);
          total += 1;
          if (total === count) done.resolve();
        },
      },
    });
    await done.promise;
    await pump.stop();
    for (const [topic, numbers] of arrived) {
      expect(numbers, topic).toEqual([...numbers].sort((a, b) => a - b));
    }
    expect(await store.outbox(1)).toEqual([]);
  });

  it('waits longer after each failure, and sends everything once the broker takes it', async () => {
    const store = await commitMany(3);
    const fake = createFakeClock(0);
    const tries: number[] = [];
    let broken = true;
    const pump = startOutboxPump({
      store,
      clock: fake,
      log,
      broker: {
        onUp: () => undefined,
        publish: async () => {
          if (tries.at(-1) !== fake.positionMs()) tries.push(fake.positionMs());
          if (broken) throw new Error('down');
        },
      },
    });
    await fake.advance(4000);
    expect(tries).toEqual([0, 500, 1500, 3500]);
    expect(await store.outbox(10)).toHaveLength(3);
    broken = false;
    await fake.advance(4000);
    await pump.stop();
    expect(await store.outbox(10)).toEqual([]);
  });
});
