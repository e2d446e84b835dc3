import { onTestFinished } from 'vitest';
import type { Clock } from '#runtime/clock.ts';
import type { Signer } from '#runtime/signing.ts';
import { topicOf } from '#schemas/topics.ts';
import { embeddedUnderTest } from '#tests/support/brokers.ts';
import { createStation, SPEAKER, type Station } from './station.ts';

/** A station at a real aedes of this process; it is gone when the test has finished. */
export interface StationAtBroker {
  readonly station: Station;
  readonly url: string;
  /** The speaker's secret at the broker. */
  readonly password: string;
  /** Resolves when the broker has everything that the station has published so far. */
  published(): Promise<unknown>;
  /** Resolves when a message of the speaker, or what came before, has made the condition true. */
  until(condition: () => boolean): Promise<void>;
}

export const openStationAtBroker = async (
  clock: Pick<Clock, 'wallMs'>,
  speaker: Signer,
): Promise<StationAtBroker> => {
  const under = await embeddedUnderTest();
  onTestFinished(under.end);
  let publishing: Promise<unknown> = Promise.resolve();
  const station = createStation(
    clock,
    ({ topic, payload, retain }) => {
      const text = Buffer.from(payload).toString('utf8');
      const sent = under.broker.publish({ topic, payload: text, retain });
      publishing = Promise.all([publishing, sent]);
    },
    speaker,
  );
  const looks = new Set<() => void>();
  under.broker.onMessage(async ({ name, values, payload }) => {
    const bytes = Buffer.from(JSON.stringify(payload));
    station.receive({ topic: topicOf(name, values), payload: bytes });
    for (const look of looks) look();
  });
  return {
    ...{ station, url: under.url },
    password: await under.admit(SPEAKER),
    published: () => publishing,
    until: (condition) =>
      new Promise((resolve) => {
        const look = () => {
          if (!condition()) return;
          looks.delete(look);
          resolve();
        };
        looks.add(look);
        look();
      }),
  };
};
