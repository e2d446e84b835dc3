import { expect, test } from 'vitest';
import type { Change, EntityName, Guard, Store } from '#server/ports/store.ts';
import { entities, hashOf, idOf } from './entities.ts';
import { openTestStore } from './open-test-store.ts';

const insertOf = (what: EntityName): Change =>
  ({ do: 'insert', what, value: entities[what] }) as Change;
const kinds = Object.keys(entities) as EntityName[];
const everything = kinds.map(insertOf);

const filledStore = async () => {
  const opened = await openTestStore();
  expect(await opened.store.commit({ changes: everything })).toEqual({
    ok: true,
    value: undefined,
  });
  return opened;
};

const speaker = entities.speaker.id;
const reads: Record<EntityName, (store: Store) => Promise<unknown>> = {
  site: (store) => store.site(),
  unit: async (store) => (await store.units())[0],
  speaker: (store) => store.speakerById(speaker),
  directive: async (store) => (await store.directives())[0],
  campaign: async (store) => (await store.campaigns())[0],
  rule: async (store) => (await store.rules())[0],
  cap: async (store) => (await store.caps())[0],
  excuse: async (store) => (await store.excuses())[0],
  lock: async (store) => (await store.locks('2025-01-06', '2025-01-06'))[0],
  correction: async (store) => (await store.corrections())[0],
  clip: (store) => store.clipBySha256(entities.clip.sha256),
  making: (store) => store.makingOf(entities.bulletin),
  bulletin: (store) => store.bulletinById(entities.bulletin.id),
  bulletinComment: async (store) => (await store.bulletinComments(entities.bulletin.first))[0],
  upload: (store) => store.uploadById(entities.upload.id),
  programme: async (store) => (await store.programmes())[0],
  pronunciation: async (store) => (await store.pronunciations())[0],
  hotline: async (store) => (await store.hotlines())[0],
  hotlineRemoval: async (store) => (await store.hotlineRemovals())[0],
  ident: async (store) => (await store.idents())[0],
  saidNumbers: async (store) => (await store.saidNumbers([entities.bulletin.id]))[0],
  release: (store) => store.releaseOf(entities.bulletin.id),
  playlist: (store) => store.playlistBySha256(entities.playlist.sha256),
  pointer: (store) => store.pointerOf(speaker),
  speakerReport: (store) => store.reportOf(speaker),
  limits: (store) => store.limitsOf(speaker),
  order: async (store) => (await store.ordersOf(speaker, 999))[0],
  enrolmentCode: (store) => store.enrolmentCode(hashOf('c')),
  speakerSecret: async (store) => ({
    speaker: await store.speakerBySecretHash(hashOf('d')),
    secretHash: hashOf('d'),
  }),
  record: async (store) => (await store.records(speaker, 1, 1))[0],
  finding: async (store) => (await store.findings(speaker))[0],
  emergency: (store) => store.emergencyById(entities.emergency.id),
  emergencyAnswer: async (store) =>
    (await store.emergencyAnswers(entities.emergencyAnswer.emergency))[0],
  user: (store) => store.userById(entities.user.id),
  note: async (store) => ({ name: 'trialPlayed', text: await store.note('trialPlayed') }),
};

test.each(kinds)('a %s is read as it was written', async (what) => {
  const { store } = await filledStore();
  expect(await reads[what](store)).toEqual(entities[what]);
});

test.each(kinds)('a second %s under a taken key changes nothing', async (what) => {
  const { store } = await filledStore();
  const witness: Change = { do: 'put', what: 'note', value: { name: 'witness', text: 'here' } };
  const result = await store.commit({ changes: [witness, insertOf(what)] });
  expect(result).toMatchObject({ ok: false, problem: { code: 'alreadyExists', what } });
  expect(await store.note('witness')).toBeUndefined();
});

test('what is put under a taken key replaces what stood there', async () => {
  const { store } = await filledStore();
  const value = { ...entities.bulletin, state: 'released', releasedMs: 99 } as const;
  await store.commit({ changes: [{ do: 'put', what: 'bulletin', value }] });
  expect(await store.bulletins()).toEqual([value]);
});

const guards: { why: string; guard: Guard; what: string }[] = [
  {
    why: 'the bulletin is in another state',
    guard: {
      kind: 'bulletinState',
      id: entities.bulletin.id,
      state: 'draft',
      clip: entities.bulletin.clip,
    },
    what: 'bulletin',
  },
  {
    why: 'the bulletin has other bytes',
    guard: {
      kind: 'bulletinState',
      id: entities.bulletin.id,
      state: 'submitted',
      clip: hashOf('f'),
    },
    what: 'bulletin',
  },
  {
    why: 'something else of the bulletin was changed',
    guard: { kind: 'sameBulletin', value: { ...entities.bulletin, title: 'Tên cũ' } },
    what: 'bulletin',
  },
  {
    why: 'the number was changed',
    guard: { kind: 'sameHotline', value: { ...entities.hotline, number: null } },
    what: 'hotline',
  },
  {
    why: 'the programme was changed',
    guard: { kind: 'sameProgramme', value: { ...entities.programme, suspended: true } },
    what: 'programme',
  },
  {
    why: 'another pointer was made',
    guard: { kind: 'pointerRevision', speaker, revision: 0 },
    what: 'pointer',
  },
  {
    why: 'other limits were made',
    guard: { kind: 'limitsRevision', speaker, revision: 2 },
    what: 'limits',
  },
  {
    why: 'the code is not there',
    guard: { kind: 'codeUnused', codeHash: hashOf('e') },
    what: 'enrolmentCode',
  },
  {
    why: 'the log has grown',
    guard: { kind: 'logHead', speaker, seq: 0 },
    what: 'record',
  },
];

test.each(guards)('nothing is written when $why', async ({ guard, what }) => {
  const { store } = await filledStore();
  const message = { id: idOf(50), topic: 'a', payload: '{}', retain: true };
  const result = await store.commit({
    guards: [guard],
    changes: [{ do: 'put', what: 'note', value: { name: 'witness', text: 'here' } }],
    outbox: [message],
  });
  expect(result).toMatchObject({ ok: false, problem: { code: 'changedMeanwhile', what } });
  expect(await store.note('witness')).toBeUndefined();
  expect(await store.outbox(10)).toEqual([]);
  expect(await store.retained()).toEqual([]);
});

test('what still holds lets the changes through', async () => {
  const { store } = await filledStore();
  const { id, clip, state } = entities.bulletin;
  const result = await store.commit({
    guards: [
      { kind: 'bulletinState', id, state, clip },
      { kind: 'sameBulletin', value: entities.bulletin },
      { kind: 'sameHotline', value: entities.hotline },
      { kind: 'sameProgramme', value: entities.programme },
      { kind: 'pointerRevision', speaker, revision: 1 },
      { kind: 'pointerRevision', speaker: idOf(77), revision: 0 },
      { kind: 'limitsRevision', speaker, revision: 1 },
      { kind: 'codeUnused', codeHash: hashOf('c') },
      { kind: 'logHead', speaker, seq: 1 },
      { kind: 'logHead', speaker: idOf(77), seq: 0 },
    ],
    changes: [],
  });
  expect(result.ok).toBe(true);
});

test('messages wait in order until the broker has them, and retained ones are remembered', async () => {
  const { store } = await openTestStore();
  const messages = ['x', 'y', 'x'].map((topic, index) => ({
    id: idOf(60 + index),
    topic,
    payload: `{"n":${index}}`,
    retain: topic === 'x',
  }));
  await store.commit({ changes: [], outbox: messages });
  expect(await store.outbox(10)).toEqual(messages);
  await store.markSent([idOf(60), idOf(61)]);
  expect(await store.outbox(10)).toEqual([messages[2]]);
  expect(await store.retained()).toEqual([messages[2]]);
  await store.commit({
    changes: [],
    outbox: [{ id: idOf(70), topic: 'x', payload: '', retain: true }],
  });
  expect(await store.retained()).toEqual([]);
});

test('records, releases, findings, excuses, locks, corrections and the audit cannot be changed or removed, even by hand', async () => {
  const { store, database } = await filledStore();
  await store.commit({
    changes: [],
    audit: [
      {
        id: idOf(80),
        actor: { kind: 'system', id: 'test' },
        action: 'try',
        subject: 'x',
        facts: {},
        atMs: 1,
      },
    ],
  });
  const kept = ['records', 'releases', 'findings', 'excuses', 'locks', 'corrections'];
  for (const table of [...kept, 'audit_entries']) {
    expect(() => database.sqlite.exec(`DELETE FROM ${table}`)).toThrow('evidence');
    expect(() => database.sqlite.exec(`UPDATE ${table} SET rowid = rowid`)).toThrow('evidence');
  }
});

test('two hundred records are stored in one transaction and read in order', async () => {
  const { store } = await filledStore();
  const changes = Array.from({ length: 200 }, (_, index): Change => {
    const seq = index + 2;
    return { do: 'insert', what: 'record', value: { ...entities.record, seq } };
  });
  const result = await store.commit({ guards: [{ kind: 'logHead', speaker, seq: 1 }], changes });
  expect(result.ok).toBe(true);
  expect((await store.logHead(speaker)).seq).toBe(201);
  const some = await store.records(speaker, 100, 120);
  expect(some.map(({ seq }) => seq)).toEqual(Array.from({ length: 21 }, (_, index) => 100 + index));
});

test('the secret of a removed speaker is nobody’s', async () => {
  const { store } = await filledStore();
  const value = { ...entities.speaker, state: 'removed', removedMs: 5 } as const;
  await store.commit({ changes: [{ do: 'put', what: 'speaker', value }] });
  expect(await store.speakerBySecretHash(hashOf('d'))).toBeUndefined();
});

test('another password ends the sessions of its user', async () => {
  const { store, database } = await filledStore();
  database.sqlite
    .prepare(
      `INSERT INTO sign_in_sessions (id, expires_at, token, created_at, updated_at, user_id)
       VALUES ('s', 1, 't', 1, 1, ?)`,
    )
    .run(entities.user.id);
  const value = { ...entities.user, passwordHash: 'other', passwordChangeRequired: false };
  await store.commit({ changes: [{ do: 'put', what: 'user', value }] });
  expect(await store.users()).toEqual([value]);
  expect(database.sqlite.prepare('SELECT count(*) FROM sign_in_sessions').pluck().get()).toBe(0);
});
