import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { enrolmentGrantSchema } from '#schemas/enrolment.ts';
import type { Envelope } from '#schemas/envelope.ts';
import { problemToSentence } from '#schemas/messages/sentence.ts';
import { type Problem, type ProblemCode, problemFacts } from '#schemas/problem.ts';
import { topicOf } from '#schemas/topics.ts';
import type { RunningServer } from '#server/main.ts';
import { type ApiCaller, callAs, firstAdministrator } from '#tests/support/api-caller.ts';
import { readLog } from '#tests/support/evidence.ts';
import { newMachine } from '#tests/support/new-machine.ts';
import { createServerPlace, type ServerPlace } from '#tests/support/running-server.ts';
import {
  createSignedLog,
  heartbeat,
  newSigner,
  type SignedLog,
} from '#tests/support/signed-log.ts';
import { newId } from '#tests/support/site-in-store.ts';
import { connectSpeaker, type SpeakerClient } from '#tests/support/speaker-client.ts';

const BOOT = newId();

/** A speaker of a running server that can sign whatever it wants, right or wrong. */
interface Scene {
  readonly place: ServerPlace;
  readonly server: RunningServer;
  readonly administrator: ApiCaller;
  readonly speaker: string;
  readonly site: string;
  readonly log: SignedLog;
  readonly client: SpeakerClient;
}
let scene: Scene;

const speakersSchema = z.tuple([z.looseObject({ id: z.string() })]);

const setScene = async (): Promise<Scene> => {
  const place = await createServerPlace();
  const server = await place.run();
  const administrator = await firstAdministrator(server);
  const [{ id: speaker }] = speakersSchema.parse(await administrator.get('/api/speakers'));
  const issued = await administrator.post(`/api/speakers/${speaker}/code`);
  const { code } = z.object({ code: z.string() }).parse(issued);
  const machine = newMachine();
  const granted = await callAs(server.url).post('/api/enrol', machine.request(code));
  const { site, broker } = enrolmentGrantSchema.parse(granted);
  const log = createSignedLog({ site, speaker, signer: machine.signer });
  const client = await connectSpeaker(broker.url, { speaker, secret: broker.password });
  const topics = (['recordAck', 'recordRange'] as const).map((name) =>
    topicOf(name, { site, speaker }),
  );
  await client.mqtt.subscribeAsync(topics, { qos: 1 });
  return { place, server, administrator, speaker, site, log, client };
};

beforeAll(async () => {
  scene = await setScene();
});
afterAll(async () => {
  await scene?.client.mqtt.endAsync(true);
  await scene?.server.stop();
  await scene?.place.remove();
});

const topic = (name: 'recordBatch' | 'recordAck' | 'recordRange'): string => topicOf(name, scene);
const send = (records: readonly Envelope[]) =>
  scene.client.mqtt.publishAsync(topic('recordBatch'), JSON.stringify({ records }), { qos: 1 });
const next = (posMs: number): Envelope => scene.log.append({ body: heartbeat, boot: BOOT, posMs });

const findingSchema = z.looseObject({ code: z.string(), facts: z.record(z.string(), z.unknown()) });
const isCode = (code: string): code is ProblemCode => Object.hasOwn(problemFacts, code);

/** The problems that the server names to an inspector, each told in both languages. */
const findings = async (): Promise<Problem[]> => {
  const log = await readLog(scene.administrator, scene.speaker);
  return z
    .array(findingSchema)
    .parse(log.findings)
    .map(({ code, facts }) => {
      if (!isCode(code)) throw new Error(`${code} is no problem`);
      // The facts are checked against those of this very code.
      const problem = { code, ...problemFacts[code].parse(facts) } as Problem;
      for (const language of ['vi', 'en'] as const) {
        expect(problemToSentence(problem, language).length).toBeGreaterThan(20);
      }
      return problem;
    });
};

const storedSeqs = async (): Promise<number[]> => {
  const { records } = await readLog(scene.administrator, scene.speaker);
  for (const { signature, chain } of records) expect({ signature, chain }).toEqual(right);
  return records.map(({ seq }) => seq);
};
const right = { signature: 'right', chain: 'right' };

test('a record with a wrong signature is a finding and no record, and the right one still fits', async () => {
  const first = next(1);
  const forged = createSignedLog({ ...scene, signer: newSigner() });
  await send([forged.append({ body: heartbeat, boot: BOOT, posMs: 1 })]);
  await scene.client.until(topic('recordAck'), '{"upTo":0}');
  expect((await findings()).map(({ code }) => code)).toEqual(['keyUnknown']);
  const altered = { ...first, payload: Buffer.from('{"v":1,"seq":1}').toString('base64') };
  await send([altered]);
  await scene.client.until(topic('recordAck'), '{"upTo":0}');
  expect((await findings()).map(({ code }) => code)).toEqual(['keyUnknown', 'signatureWrong']);
  expect(await storedSeqs()).toEqual([]);
  await send([first]);
  await scene.client.until(topic('recordAck'), '{"upTo":1}');
  expect(await storedSeqs()).toEqual([1]);
});

test('a record that comes again is acknowledged and stored once', async () => {
  const second = next(2);
  await send([second]);
  await scene.client.until(topic('recordAck'), '{"upTo":2}');
  await send(scene.log.envelopes);
  await scene.client.until(topic('recordAck'), '{"upTo":2}');
  expect(await storedSeqs()).toEqual([1, 2]);
  expect(await findings()).toHaveLength(2);
});

test('a missing record is asked for, and nothing after it is stored before it', async () => {
  const [third, fourth] = [next(3), next(4)];
  await send([fourth]);
  await scene.client.until(topic('recordRange'), '{"from":3,"to":3}');
  expect(await storedSeqs()).toEqual([1, 2]);
  await send([third, fourth]);
  await scene.client.until(topic('recordAck'), '{"upTo":4}');
  expect(await storedSeqs()).toEqual([1, 2, 3, 4]);
  expect(await findings()).toHaveLength(2);
});

test('two contents under one number are a finding that ends the log before them', async () => {
  const { records } = await readLog(scene.administrator, scene.speaker);
  const prev = records[3]?.record.prev ?? '';
  const line = { body: heartbeat, boot: BOOT, posMs: 99 };
  const twin = scene.log.append(line, { seq: 4, prev });
  await send([twin]);
  await scene.client.until(topic('recordAck'), '{"upTo":4}');
  expect((await findings()).at(-1)).toEqual({ code: 'sequenceConflict', seq: 4 });
  expect(await storedSeqs()).toEqual([1, 2, 3, 4]);
});
