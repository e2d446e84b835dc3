import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson, type JsonValue } from '#core/canonical-json.ts';
import { openMessage } from '#player-agent/link/open-message.ts';
import { MAX_MESSAGES_PER_HOUR } from '#player-agent/log/refusal-book.ts';
import { sha256 } from '#runtime/signing.ts';
import { type TopicName, topicOf, topics } from '#schemas/topics.ts';
import { SITE } from '#tests/support/brokers.ts';
import { newSigner } from '#tests/support/signed-log.ts';
import { type AgentRig, createAgentRig, type RigBoot } from './support/agent-rig.ts';
import { clipOf, createStation, playlistOf, SPEAKER, sessionOf } from './support/station.ts';

const DAY = '2026-11-23';
const START = Date.parse(`${DAY}T05:30:00+07:00`);
const OTHER = '0197a000-0000-7000-8000-00000000000f';
const clip = clipOf('bulletin', 30_000);

const pointerBody = (change: object) => ({
  ...{ v: 1, site: SITE, speaker: SPEAKER, revision: 99, issuedMs: START },
  ...{ days: {}, orders: [], withdrawn: [], ...change },
});

const village = async (): Promise<{ rig: AgentRig; boot: RigBoot }> => {
  const rig = createAgentRig({ at: `${DAY}T05:20:00+07:00` });
  rig.addClips(clip);
  rig.station.limit();
  const hash = rig.station.plan(playlistOf(DAY, [sessionOf(START, [clip])]));
  rig.station.point({ days: { [DAY]: hash }, revision: 5 });
  return { rig, boot: await rig.boot() };
};

const table: readonly {
  readonly why: string;
  readonly send: (rig: AgentRig) => void;
  readonly reason: string;
  readonly what: string;
}[] = [
  {
    why: 'whoever owns the broker has not the key of the site',
    send: ({ station }) => station.send('pointer', pointerBody({}), { signer: newSigner() }),
    reason: 'badSignature',
    what: 'pointer',
  },
  {
    why: 'a speaker cannot order itself: its own key signs records only',
    send: ({ station }) => station.send('pointer', pointerBody({}), { signer: station.speaker }),
    reason: 'badSignature',
    what: 'pointer',
  },
  {
    why: 'a signature for one purpose is worth nothing for another',
    send: ({ station }) => station.send('pointer', pointerBody({}), { purpose: 'limits' }),
    reason: 'badSignature',
    what: 'pointer',
  },
  {
    why: 'a pointer for the next village is not for this one',
    send: ({ station }) => station.send('pointer', pointerBody({ speaker: OTHER })),
    reason: 'wrongSpeaker',
    what: 'pointer',
  },
  {
    why: 'an older pointer that is played back again orders nothing',
    send: ({ station }) => station.send('pointer', pointerBody({ revision: 4 })),
    reason: 'oldRevision',
    what: 'pointer',
  },
  {
    why: 'two contents under one revision cannot both be right',
    send: ({ station }) => station.send('pointer', pointerBody({ revision: 5 })),
    reason: 'oldRevision',
    what: 'pointer',
  },
  {
    why: 'a pointer without its fields is no pointer',
    send: ({ station }) => station.send('pointer', { v: 1, speaker: SPEAKER }),
    reason: 'badMessage',
    what: 'pointer',
  },
  {
    why: 'bytes that are no JSON are no limits',
    send: ({ station }) =>
      station.sendRaw(
        topicOf('limits', { site: SITE, speaker: SPEAKER }),
        Buffer.from([0, 255, 3, 7]),
      ),
    reason: 'badMessage',
    what: 'limits',
  },
  {
    why: 'limits of a zone that nobody knows cannot be kept',
    send: ({ station }) => station.limit({ revision: 7, zone: 'Asia/Nowhere' }),
    reason: 'badMessage',
    what: 'limits',
  },
  {
    why: 'a truncated envelope is none',
    send: ({ station }) =>
      station.sendRaw(
        topicOf('pointer', { site: SITE, speaker: SPEAKER }),
        Buffer.from('{"keyId":"00'),
      ),
    reason: 'badMessage',
    what: 'pointer',
  },
  {
    why: 'JSON that is nested as deep as a message is long is no pointer',
    send: ({ station }) =>
      station.sendRaw(
        topicOf('pointer', { site: SITE, speaker: SPEAKER }),
        Buffer.from('['.repeat(500_000) + ']'.repeat(500_000)),
      ),
    reason: 'badMessage',
    what: 'pointer',
  },
  {
    why: 'a message larger than any contract allows is not even parsed',
    send: ({ station }) =>
      station.sendRaw(
        topicOf('pointer', { site: SITE, speaker: SPEAKER }),
        Buffer.alloc(1_048_577, 32),
      ),
    reason: 'badMessage',
    what: 'pointer',
  },
];

test.each(table)('refused and recorded once: $why', async (row) => {
  const { reason, what } = row;
  const { rig, boot } = await village();
  row.send(rig);
  row.send(rig);
  await rig.clock.settle();
  expect(rig.faults).toEqual([]);
  const refusals = rig.recordsOf('refused');
  expect(refusals.filter((refusal) => refusal.what === what)[0]).toMatchObject({ reason });
  expect((await boot.agent.health()).pointerRevision).toBe(5);
  await rig.clock.advanceToWall(START + 40_000);
  expect(rig.recordsOf('ended')).toHaveLength(1);
});

test('the same bad message, come again and again, is one record', async () => {
  const { rig } = await village();
  const forged = pointerBody({});
  const signer = newSigner();
  for (let times = 0; times < 20; times += 1) rig.station.send('pointer', forged, { signer });
  await rig.clock.settle();
  expect(rig.recordsOf('refused')).toHaveLength(1);
});

test('a document whose bytes are not those that the pointer names is refused, and the right one taken', async () => {
  const rig = createAgentRig({ at: `${DAY}T05:20:00+07:00` });
  rig.addClips(clip);
  rig.station.limit();
  const playlist = playlistOf(DAY, [sessionOf(START, [clip])]);
  const bytes = Buffer.from(canonicalJson(playlist as unknown as JsonValue));
  const hash = sha256(bytes);
  const topic = topicOf('plan', { site: SITE, sha256: hash });
  rig.station.point({ days: { [DAY]: hash } });
  const boot = await rig.boot();
  rig.station.sendRaw(topic, Buffer.concat([bytes, Buffer.from(' ')]));
  await rig.clock.settle();
  expect(rig.recordsOf('refused').at(-1)).toMatchObject({
    reason: 'documentHash',
    what: 'playlist',
  });
  expect(existsSync(join(rig.folder, 'plans', `${hash}.json`))).toBe(false);
  rig.station.plan(playlist);
  await rig.clock.settle();
  expect((await boot.agent.health()).cache).toMatchObject({ neededClips: 1, presentClips: 1 });
});

test('a speaker listens to its own topics, to emergencies and to the documents that it waits for, nothing else', async () => {
  const { rig } = await village();
  const missing = 'a'.repeat(64);
  rig.station.point({ days: { [DAY]: missing }, revision: 6 });
  await rig.clock.settle();
  const own = ['pointer', 'limits', 'permit', 'timeAnswer', 'recordAck', 'recordRange'] as const;
  const expected = own.map((name) => topicOf(name, { site: SITE, speaker: SPEAKER }));
  expected.push(topicOf('emergency', { site: SITE }));
  expected.push(topicOf('plan', { site: SITE, sha256: missing }));
  expect([...rig.broker.subscriptionsOf(SPEAKER)].sort()).toEqual(expected.sort());
});

test('what was accepted holds after a restart without any network', async () => {
  const { rig, boot } = await village();
  await rig.clock.settle();
  boot.powerCut();
  rig.broker.setUp(false);
  const next = await rig.boot();
  await next.agent.setManualTime(rig.clock.wallMs());
  await rig.clock.advanceToWall(START + 60_000);
  expect(next.player.sounded).toHaveLength(1);
});

test('a pointer on disk that was tampered with is not believed', async () => {
  const { rig, boot } = await village();
  boot.powerCut();
  rig.broker.setUp(false);
  const path = join(rig.folder, 'pointer.json');
  const envelope = JSON.parse(readFileSync(path, 'utf8'));
  const payload = JSON.parse(Buffer.from(envelope.payload, 'base64').toString('utf8'));
  const altered = Buffer.from(JSON.stringify({ ...payload, revision: 1_000 })).toString('base64');
  writeFileSync(path, JSON.stringify({ ...envelope, payload: altered }));
  const next = await rig.boot();
  expect((await next.agent.health()).pointerRevision).toBe(0);
});

test('whoever floods a speaker with garbage does not fill its log', async () => {
  const { rig } = await village();
  const topic = topicOf('pointer', { site: SITE, speaker: SPEAKER });
  for (let times = 0; times < 300; times += 1) rig.station.sendRaw(topic, Buffer.from([times]));
  await rig.clock.settle();
  expect(rig.recordsOf('refused').length).toBeLessThanOrEqual(MAX_MESSAGES_PER_HOUR);
  expect(rig.faults).toEqual([]);
});

test('no bytes on any topic throw, and none but those that the site signed are taken', () => {
  const station = createStation({ wallMs: () => START }, ({ payload }) => void sent.push(payload));
  const sent: Uint8Array[] = [];
  station.point({});
  const signed = sent[0] ?? new Uint8Array();
  const change = fc.record({
    at: fc.nat({ max: signed.length - 1 }),
    byte: fc.integer({ min: 0, max: 255 }),
    cut: fc.boolean(),
  });
  const mangled = change.map(({ at, byte, cut }) => {
    const bytes = Buffer.from(signed);
    bytes[at] = byte;
    return cut ? bytes.subarray(0, at) : bytes;
  });
  const topic = fc.oneof(
    fc
      .constantFrom(...(Object.keys(topics) as TopicName[]))
      .map((name) =>
        topicOf(name, { site: SITE, speaker: SPEAKER, sha256: 'a'.repeat(64), emergency: OTHER }),
      ),
    fc.string(),
  );
  const any = fc.oneof(fc.uint8Array({ maxLength: 200 }), mangled);
  fc.assert(
    fc.property(topic, any, (name, payload) => {
      const opened = openMessage({ topic: name, payload }, station.grant());
      if (opened?.kind !== 'pointer') return;
      expect(opened.pointer).toMatchObject({ revision: 1, speaker: SPEAKER });
    }),
    { numRuns: 2_000 },
  );
});
