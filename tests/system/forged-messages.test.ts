import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sealEnvelope } from '#runtime/signing.ts';
import { languages } from '#schemas/messages/fill-sentence.ts';
import { problemToSentence } from '#schemas/messages/sentence.ts';
import type { ProblemCode } from '#schemas/problem.ts';
import { topicOf } from '#schemas/topics.ts';
import { openDatabase } from '#server/db/open-database.ts';
import { createStore } from '#server/db/store.ts';
import { eventually } from '#tests/support/eventually.ts';
import { plannedSlots, readLog } from '#tests/support/evidence.ts';
import { clipOfPath } from '#tests/support/fake-village.ts';
import { newSigner } from '#tests/support/signed-log.ts';
import {
  at,
  DAY,
  type MosquittoScene,
  SITE,
  setMosquittoScene,
} from './support/mosquitto-scene.ts';

const TIMEOUT_MS = 180_000;
const DEADLINE_MS = 60_000;

/** What the technician is told of it, in both languages. */
const expectedProblems: ReadonlySet<ProblemCode> = new Set([
  'documentMismatch',
  'keyUnknown',
  'revisionOld',
  'clipCorrupt',
]);

/** The refusals that the server has been told of, as `what reason`. */
const refusals = async ({ commune: { operator, speaker } }: MosquittoScene): Promise<string[]> => {
  const { records } = await readLog(operator, speaker);
  return records.flatMap(({ record }) =>
    record.kind === 'refused' ? [`${record.what} ${record.reason}`] : [],
  );
};

const awaitRefusal = (scene: MosquittoScene, refusal: string) =>
  eventually(
    () => refusals(scene),
    (all) => all.includes(refusal),
    DEADLINE_MS,
  );

/** What the server's database holds for the speaker, once the broker has it too. */
const publishedPointer = ({ place, commune: { speaker } }: MosquittoScene) => {
  const read = async () => {
    const database = openDatabase(join(place.dataFolder, 'tieng-lang.sqlite'));
    if (!database.ok) throw new Error(database.problem.code);
    const store = createStore(database.value);
    const pointer = await store.pointerOf(speaker);
    const waiting = await store.outbox(1);
    database.value.close();
    return waiting.length === 0 ? pointer : undefined;
  };
  return eventually(read, (pointer) => pointer !== undefined, DEADLINE_MS);
};

/** Changes one byte of a clip in the server's store; gives back how to mend it. */
const damageClip = async ({ place }: MosquittoScene, clip: string) => {
  const root = join(place.dataFolder, 'clips');
  const name = (await readdir(root, { recursive: true })).find((each) => each.endsWith(clip));
  const path = join(root, name ?? clip);
  const bytes = await readFile(path);
  const damaged = Buffer.from(bytes);
  damaged[bytes.length >> 1] = (damaged[bytes.length >> 1] ?? 0) ^ 1;
  await writeFile(path, damaged);
  return () => writeFile(path, bytes);
};

test(
  'who owns broker and clip store can delay a speaker, and neither direct it nor make it play other bytes',
  async () => {
    const scene = await setMosquittoScene();
    const { clock, commune, village, bulletins, agentFolder } = scene;
    const { operator, speaker } = commune;
    const older = await publishedPointer(scene);
    await scene.rule();
    const planned = await eventually(
      () => plannedSlots(operator, speaker, DAY),
      ({ length }) => length > 0,
      DEADLINE_MS,
    );
    const newer = await publishedPointer(scene);
    expect(newer?.revision).toBeGreaterThan(older?.revision ?? 0);
    const intruder = await scene.intruder();
    const send = (topic: string, payload: string, retain = false) =>
      intruder.publishAsync(topic, payload, { qos: 1, retain });

    // The day's document stands changed at the broker, and one clip is not what it was.
    const document = topicOf('plan', { site: SITE, sha256: newer?.days[DAY] ?? '' });
    await send(document, JSON.stringify({ v: 1, site: SITE, day: DAY, sessions: [] }), true);
    const clip = bulletins[0]?.clip ?? '';
    const mend = await damageClip(scene, clip);
    await village.start();
    await awaitRefusal(scene, 'playlist documentHash');

    // A pointer that silences every day, and one that was right before the rule was set.
    const pointer = topicOf('pointer', { site: SITE, speaker });
    const silence = { v: 1, site: SITE, speaker, revision: 999, issuedMs: clock.wallMs() };
    const body = JSON.stringify({ ...silence, days: {}, orders: [], withdrawn: [] });
    await send(pointer, JSON.stringify(sealEnvelope(newSigner(), 'pointer', Buffer.from(body))));
    await awaitRefusal(scene, 'pointer badSignature');
    await send(pointer, older?.envelope ?? '');
    await awaitRefusal(scene, 'pointer oldRevision');
    expect((await village.health()).pointerRevision).toBe(newer?.revision);

    // The server publishes the truth again at its start; now the clip is asked for, and refused.
    await scene.restartServer();
    await awaitRefusal(scene, 'clip clipHash');
    expect(
      (await readdir(join(agentFolder, 'clips'))).filter((each) => each.startsWith(clip)),
    ).toEqual([]);
    await mend();
    await clock.advance(30 * 60_000);
    await eventually(village.health, ({ cache }) => cache.presentClips === 2, DEADLINE_MS);
    await clock.advanceToWall(at(DAY, '05:40'));
    expect(village.sounded().map(({ path, startMs }) => [clipOfPath(path), startMs])).toEqual(
      planned.map((slot) => [slot.clip, slot.atMs]),
    );
    expect(village.faults).toEqual([]);

    const told = village.problems.filter(({ code }) => expectedProblems.has(code));
    expect(new Set(told.map(({ code }) => code))).toEqual(expectedProblems);
    for (const problem of told) {
      for (const language of languages) {
        expect(problemToSentence(problem, language)).not.toContain('{');
      }
    }
  },
  TIMEOUT_MS,
);
