import { systemClock, systemEntropy } from '#runtime/clock.ts';
import { createLogger } from '#runtime/logger.ts';
import type { Envelope } from '#schemas/envelope.ts';
import { receiveRecords } from '#server/services/receive-records.ts';
import { openTestStore } from '#tests/server/db/open-test-store.ts';
import { createSignedLog, heartbeat, type SignedLog } from '#tests/support/signed-log.ts';
import { newId, putSite } from '#tests/support/site-in-store.ts';

/** A store with a site, and what the server says to speakers. */
export const openReceiver = async () => {
  const { store } = await openTestStore();
  const site = await putSite(store);
  const said: { topic: string; payload: unknown }[] = [];
  const ports = {
    store,
    clock: systemClock(),
    entropy: systemEntropy,
    log: createLogger('test', 'silent'),
    broker: {
      publish: async ({ topic, payload }: { topic: string; payload: string }) => {
        said.push({ topic, payload: JSON.parse(payload) });
      },
      onMessage: () => undefined,
      onUp: () => undefined,
      admit: async () => undefined,
      expel: async () => undefined,
      close: async () => undefined,
    },
  };
  const enrol = async () => {
    const { speaker, signer } = await site.enrol();
    const log = createSignedLog({ site: site.site.slug, speaker: speaker.id, signer });
    const send = (records: readonly Envelope[], gap?: Envelope) =>
      receiveRecords(ports, speaker.id, { records: [...records], ...(gap && { gap }) });
    const storedSeqs = async () => (await store.records(speaker.id, 1, 1000)).map(({ seq }) => seq);
    return { speaker, signer, log, send, storedSeqs };
  };
  return { store, ports, said, enrol, site };
};

/** The run of the agent that writes them. */
export const boot = newId();
/** Writes heartbeats into a log. */
export const append = (log: SignedLog, count: number): readonly Envelope[] =>
  Array.from({ length: count }, (_, index) =>
    log.append({ body: heartbeat, boot, posMs: index * 1000 }),
  );
