import { createPublicKey, verify } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { signedBytes } from '#core/envelope.ts';
import { systemClock, systemEntropy } from '#runtime/clock.ts';
import { createLogger } from '#runtime/logger.ts';
import { byteCodec } from '#runtime/signing.ts';
import type { Envelope } from '#schemas/envelope.ts';
import { topicOf } from '#schemas/topics.ts';
import { openDatabase } from '#server/db/open-database.ts';
import { createStore } from '#server/db/store.ts';
import { openSpeakerDoor } from '#server/mqtt/speaker-door.ts';
import { createAnswerTime } from '#server/services/answer-time.ts';
import { keepReport } from '#server/services/keep-report.ts';
import { receiveRecords } from '#server/services/receive-records.ts';
import { createSpeakerWatch } from '#server/services/watch-speakers.ts';
import { embeddedUnderTest, SITE } from '../support/brokers.ts';
import { createSignedLog, newSigner } from '../support/signed-log.ts';
import { type EnrolledSpeaker, newId, putSite } from '../support/site-in-store.ts';
import { connectSpeaker } from '../support/speaker-client.ts';
import type { Figure } from './figure.ts';

const SPEAKERS = 10;
const RECORDS_PER_SPEAKER = 1000;
const RECORDS = SPEAKERS * RECORDS_PER_SPEAKER;
/** What the agent sends at once. */
const BATCH = 100;
/** The best of our own batch sizes on this disk. */
const ROWS_PER_TRANSACTION = 500;

const clock = systemClock();

const perSecond = async (work: () => Promise<void> | void): Promise<number> => {
  const start = clock.positionMs();
  await work();
  return (RECORDS * 1000) / (clock.positionMs() - start);
};

/** A day's records of one speaker: items of five bulletins, each heard whole. */
const writeLog = ({ speaker, signer }: EnrolledSpeaker): readonly Envelope[] => {
  const log = createSignedLog({ site: SITE, speaker: speaker.id, signer });
  const boot = newId();
  const bulletin = newId();
  for (let index = 0; index < RECORDS_PER_SPEAKER; index += 1) {
    const played = { fromMs: index * 60_000, toMs: (index + 1) * 60_000 };
    log.append({
      boot,
      posMs: played.toMs,
      body: {
        kind: 'ended',
        session: `p-${1_770_000_000_000 + index * 60_000}`,
        playlist: 'a'.repeat(64),
        slotOffsetMs: 0,
        item: {
          kind: 'clip',
          clip: 'b'.repeat(64),
          durationMs: 60_000,
          bulletin,
          campaigns: [bulletin],
          role: 'bulletin',
          priority: 'normal',
        },
        drill: false,
        played,
        audible: [played],
        outcome: 'whole',
        reason: null,
        volume: 80,
        measurement: null,
      },
    });
  }
  return log.envelopes;
};

type Place = Awaited<ReturnType<typeof openPlace>>;

const openPlace = async (folder: string) => {
  const database = openDatabase(join(folder, 'bench.sqlite'));
  if (!database.ok) throw new Error(database.problem.code);
  const store = createStore(database.value);
  const site = await putSite(store);
  const under = await embeddedUnderTest();
  const log = createLogger('bench', 'silent');
  const { broker } = under;
  const ports = {
    store,
    broker,
    clock,
    entropy: systemEntropy,
    log,
    keys: { signer: newSigner() },
  };
  openSpeakerDoor({
    broker,
    clock,
    log,
    watch: createSpeakerWatch(),
    answerTime: createAnswerTime(ports),
    keepReport: (speaker, health) => keepReport(ports, speaker, health),
    receiveRecords: (speaker, batch) => receiveRecords(ports, speaker, batch),
  });
  const speakers: (EnrolledSpeaker & { readonly records: readonly Envelope[] })[] = [];
  for (let index = 0; index < SPEAKERS; index += 1) {
    const enrolled = await site.enrol();
    speakers.push({ ...enrolled, records: writeLog(enrolled) });
  }
  return { database: database.value, store, under, speakers };
};

/** From the first message to the acknowledgement of the last record, each speaker as fast as it can. */
const overMqtt = async ({ under, speakers }: Place): Promise<void> => {
  const send = speakers.map(async ({ speaker, records }) => {
    const own = { site: SITE, speaker: speaker.id };
    const secret = await under.admit(speaker.id);
    const client = await connectSpeaker(under.url, { speaker: speaker.id, secret });
    const ack = topicOf('recordAck', own);
    await client.mqtt.subscribeAsync(ack, { qos: 1 });
    for (let at = 0; at < records.length; at += BATCH) {
      const batch = JSON.stringify({ records: records.slice(at, at + BATCH) });
      await client.mqtt.publishAsync(topicOf('recordBatch', own), batch, { qos: 1 });
      await client.until(ack, `{"upTo":${at + BATCH}}`);
    }
    await client.mqtt.endAsync();
  });
  await Promise.all(send);
};

/** The same rows into a table of the same form, in transactions of the best size. */
const bareInserts = (folder: string, { speakers }: Place): void => {
  const sqlite = new Sqlite(join(folder, 'bare.sqlite'));
  sqlite.pragma('journal_mode = WAL');
  sqlite.pragma('synchronous = FULL');
  sqlite.exec(
    'CREATE TABLE records (speaker TEXT NOT NULL, seq INTEGER NOT NULL, hash TEXT NOT NULL, ' +
      'envelope TEXT NOT NULL, received_ms INTEGER NOT NULL, PRIMARY KEY (speaker, seq))',
  );
  const insert = sqlite.prepare('INSERT INTO records VALUES (?, ?, ?, ?, ?)');
  const rows = speakers.flatMap(({ speaker, records }) =>
    records.map((envelope, index) => [
      speaker.id,
      index + 1,
      'c'.repeat(64),
      JSON.stringify(envelope),
      1,
    ]),
  );
  const insertAll = sqlite.transaction((some: typeof rows) => {
    for (const row of some) insert.run(...row);
  });
  for (let at = 0; at < rows.length; at += ROWS_PER_TRANSACTION) {
    insertAll(rows.slice(at, at + ROWS_PER_TRANSACTION));
  }
  sqlite.close();
};

const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/** Nothing but Ed25519 over the same bytes, with the key made ready beforehand. */
const bareChecks = ({ speakers }: Place): (() => void) => {
  const prepared = speakers.map(({ signer, records }) => ({
    key: createPublicKey({
      key: Buffer.concat([SPKI_PREFIX, signer.publicKey]),
      format: 'der',
      type: 'spki',
    }),
    messages: records.map(({ payload, signature }) => ({
      message: signedBytes('record', Buffer.from(payload, 'base64'), byteCodec),
      signature: Buffer.from(signature, 'base64'),
    })),
  }));
  return () => {
    for (const { key, messages } of prepared) {
      for (const { message, signature } of messages) {
        if (!verify(null, message, key, signature)) throw new Error('signature');
      }
    }
  };
};

/**
 * Signed records per second from the speakers' connections to committed rows, over the embedded
 * broker, beside bare batched inserts of the same rows and bare checks of the same signatures.
 */
export async function* figures(): AsyncGenerator<Figure> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-records-'));
  const place = await openPlace(folder);
  try {
    const check = bareChecks(place);
    const value = await perSecond(() => overMqtt(place));
    const inserts = await perSecond(() => bareInserts(folder, place));
    const checks = await perSecond(check);
    const beside = (raw: number, rawWhat: string): Figure => ({
      figure: 'recordsStored',
      value,
      unit: 'records/s',
      raw,
      rawWhat,
      ratio: value / raw,
    });
    yield beside(inserts, `bare SQLite inserts, ${ROWS_PER_TRANSACTION} rows a transaction`);
    yield beside(checks, 'bare Ed25519 checks through node:crypto, one core');
  } finally {
    await place.under.end();
    place.database.close();
    await rm(folder, { recursive: true, force: true });
  }
}
