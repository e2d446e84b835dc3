import type { Sha256 } from '#schemas/primitives.ts';
import { type TopicName, topicOf, topics } from '#schemas/topics.ts';
import type { Link } from '../ports/link.ts';

interface Who {
  readonly site: string;
  readonly speaker: string;
}

/** The topics that are the speaker's own to read, and every emergency, from the table of topics. */
export const ownTopics = (who: Who): string[] =>
  (Object.keys(topics) as TopicName[])
    .filter((name) => topics[name].reader === 'speaker' || name === 'emergency')
    .map((name) => topicOf(name, { site: who.site, speaker: who.speaker }));

/** Keeps the broker's subscriptions at the own topics and the documents that are waited for. */
export interface Subscriptions {
  /** Asks again for everything, so that retained messages come again. */
  renew(): Promise<void>;
  /** Waits for exactly these documents from now on. */
  awaitPlans(hashes: readonly Sha256[]): Promise<void>;
}

/** Subscriptions over a link that may not be connected yet. */
export const createSubscriptions = (linkOf: () => Link | undefined, who: Who): Subscriptions => {
  const awaited = new Set<Sha256>();
  const planTopic = (hash: Sha256) => topicOf('plan', { site: who.site, sha256: hash });
  return {
    renew: async () => {
      await linkOf()?.subscribe([...ownTopics(who), ...[...awaited].map(planTopic)]);
    },
    awaitPlans: async (hashes) => {
      const wanted = new Set(hashes);
      const gone = [...awaited].filter((hash) => !wanted.has(hash));
      const added = hashes.filter((hash) => !awaited.has(hash));
      for (const hash of gone) awaited.delete(hash);
      for (const hash of added) awaited.add(hash);
      const link = linkOf();
      if (!link?.isConnected()) return;
      if (gone.length > 0) await link.unsubscribe(gone.map(planTopic));
      if (added.length > 0) await link.subscribe(added.map(planTopic));
    },
  };
};
