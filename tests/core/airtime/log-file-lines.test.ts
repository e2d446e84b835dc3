import { describe, expect, test } from 'vitest';
import { createLogGatherer } from '#core/airtime/gather-logs.ts';
import { logTools } from '#runtime/open-record.ts';
import { byteCodec, sealEnvelope, sha256 } from '#runtime/signing.ts';
import type { Envelope } from '#schemas/envelope.ts';
import { plannedSessionId } from '#schemas/session.ts';
import { createSignedLog, heartbeat, newSigner } from '../../support/signed-log.ts';
import { bulletin, campaign, id, otherCampaign, speakerA, speakerB } from './support/ids.ts';

const signerA = newSigner();
const signerB = newSigner();
const keys = new Map(
  [
    { speaker: speakerA, tools: logTools(signerA.publicKey) },
    { speaker: speakerB, tools: logTools(signerB.publicKey) },
  ].map((key) => [key.tools.keyId, key] as const),
);
const tools = {
  codec: byteCodec,
  hash: sha256,
  bytesToText: (b: Uint8Array) => `${Buffer.from(b)}`,
};

const gather = (lines: readonly unknown[], isChecked = true) => {
  const speakers = new Set([speakerA, speakerB]);
  const gatherer = createLogGatherer({ speakers, keys: isChecked ? keys : null, tools });
  for (const line of lines) {
    gatherer.take(typeof line === 'string' ? line : JSON.stringify(line));
  }
  const { bySpeaker, findings } = gatherer.close();
  const seqsOf = (speaker: string) => (bySpeaker.get(speaker) ?? []).map(({ seq }) => seq);
  return { findings, a: seqsOf(speakerA), b: seqsOf(speakerB) };
};

const logOf = (count: number, speaker = speakerA, signer = signerA) => {
  const log = createSignedLog({ site: 'xa-thu', speaker, signer });
  for (let posMs = 0; posMs < count; posMs += 1) {
    log.append({ body: heartbeat, boot: id(900), posMs });
  }
  return log.envelopes;
};
const payloadOf = (line: Envelope | undefined): Record<string, unknown> =>
  JSON.parse(Buffer.from(line?.payload ?? '', 'base64').toString());
const sealed = (value: unknown, signer = signerA) =>
  sealEnvelope(signer, 'record', Buffer.from(JSON.stringify(value)));
const five = logOf(5);
const other = logOf(3, speakerB, signerB);

/** The line with another payload, which its signature does not cover. */
const altered = (line: Envelope | undefined, payload: string) => ({ ...line, payload });
const withPos = (line: Envelope | undefined, posMs: number) => ({ ...payloadOf(line), posMs });
const asText = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64');

describe('a line whose signature does not hold', () => {
  const forged = (seq: number) => altered(five[seq - 1], asText(withPos(five[seq - 1], 77)));

  test('ends the log of its speaker before it, and no other', () => {
    const lines = [...other, ...five.slice(0, 2), forged(3), ...five.slice(3)];
    expect(gather(lines)).toEqual({
      a: [1, 2],
      b: [1, 2, 3],
      findings: [{ code: 'signatureWrong', speaker: speakerA, seq: 3, line: 6, detail: null }],
    });
  });

  test('ends the log even when the right one is there too', () => {
    expect(gather([...five, forged(3)]).a).toEqual([1, 2]);
  });

  test('of several the lowest number ends it, in whatever order they come', () => {
    expect(gather([...five, forged(4), forged(2)]).a).toEqual([1]);
    expect(gather([...five, forged(2), forged(4)]).a).toEqual([1]);
  });

  test('ends nothing when it does not say its number', () => {
    const nameless = altered(five[2], asText({}));
    const found = { code: 'signatureWrong', speaker: speakerA, seq: null, line: 6, detail: null };
    expect(gather([...five, nameless])).toEqual({ a: [1, 2, 3, 4, 5], b: [], findings: [found] });
  });

  test('or whose payload is no base64 of its own bytes is no envelope', () => {
    expect(gather([...five, altered(five[2], 'e31=')])).toMatchObject({
      a: [1, 2, 3, 4, 5],
      findings: [{ code: 'envelopeInvalid', speaker: speakerA, seq: null, line: 6 }],
    });
  });

  test('or whose signature is no base64 of its own bytes ends the log', () => {
    const signature = `${five[2]?.signature.slice(0, 85)}B==`;
    expect(gather([...five, { ...five[2], signature }])).toMatchObject({
      a: [1, 2],
      findings: [{ code: 'envelopeInvalid', speaker: speakerA, seq: 3, line: 6 }],
    });
  });
});

describe('a line that is signed and does not count', () => {
  test('says which key nobody has', () => {
    const stranger = newSigner();
    expect(gather([...five, sealed(payloadOf(five[0]), stranger)])).toMatchObject({
      a: [1, 2, 3, 4, 5],
      findings: [{ code: 'keyUnknown', speaker: null, seq: null, line: 6, detail: stranger.keyId }],
    });
  });

  test('says which member is wrong', () => {
    const wrong = { ...payloadOf(five[4]), clock: { source: 'guess' } };
    expect(gather([...five.slice(0, 4), sealed(wrong)])).toMatchObject({
      a: [1, 2, 3, 4],
      findings: [{ code: 'payloadInvalid', speaker: speakerA, seq: 5, detail: 'clock.source' }],
    });
  });

  test('says which other speaker it names, and leaves the log of both alone', () => {
    expect(gather([...five, ...other, sealed(payloadOf(five[2]), signerB)])).toEqual({
      a: [1, 2, 3, 4, 5],
      b: [1, 2, 3],
      findings: [{ code: 'wrongSpeaker', speaker: speakerB, seq: 3, line: 9, detail: speakerA }],
    });
  });

  test('for another purpose leaves the log alone', () => {
    const seal = sealEnvelope(signerA, 'seal', Buffer.from(JSON.stringify(payloadOf(five[2]))));
    expect(gather([...five, seal])).toMatchObject({
      a: [1, 2, 3, 4, 5],
      findings: [{ code: 'purposeWrong', speaker: speakerA, seq: 3 }],
    });
  });
});

describe('a log that contradicts itself', () => {
  const twin = sealed(withPos(five[2], 77));

  test('with two contents under one number ends before both', () => {
    const lines = [...five.slice(0, 2), twin, ...five.slice(2)];
    expect(gather(lines)).toEqual({
      a: [1, 2],
      b: [],
      findings: [{ code: 'sequenceConflict', speaker: speakerA, seq: 3, line: 4, detail: null }],
    });
  });

  test('with a record that names another predecessor ends before that one only', () => {
    const stray = sealed({ ...payloadOf(five[3]), prev: 'f'.repeat(64) });
    expect(gather([...five.slice(0, 3), stray, ...five.slice(4)])).toEqual({
      a: [1, 2, 3],
      b: [],
      findings: [{ code: 'chainBroken', speaker: speakerA, seq: 4, line: 4, detail: null }],
    });
  });
});

describe('when signatures are not checked', () => {
  const plain = five.map(payloadOf);

  test('an envelope and the plain record in it are one', () => {
    expect(gather([...plain, ...five], false)).toEqual({ a: [1, 2, 3, 4, 5], b: [], findings: [] });
    expect(gather([...five, ...plain], false)).toEqual({ a: [1, 2, 3, 4, 5], b: [], findings: [] });
  });

  test('two plain contents under one number end the log before both', () => {
    expect(gather([...plain, withPos(five[2], 77)], false)).toMatchObject({
      a: [1, 2],
      findings: [{ code: 'sequenceConflict', seq: 3, line: 6 }],
    });
    expect(gather([...five, withPos(five[2], 77)], false).a).toEqual([1, 2]);
    expect(gather([...five.slice(0, 2), withPos(five[2], 77), five[2]], false).a).toEqual([1, 2]);
  });

  test('the chain is followed between envelopes, and not past a plain record', () => {
    const stray = sealed({ ...payloadOf(five[3]), prev: 'f'.repeat(64) });
    expect(gather([...five.slice(0, 3), stray], false).a).toEqual([1, 2, 3]);
    expect(gather([...five.slice(0, 2), plain[2], stray], false).a).toEqual([1, 2, 3, 4]);
    const strayPlain = { ...plain[3], prev: 'f'.repeat(64) };
    expect(gather([...five.slice(0, 3), strayPlain], false).a).toEqual([1, 2, 3, 4]);
  });

  test('an envelope is taken whoever signed it', () => {
    const stranger = newSigner();
    const lines = logOf(2, speakerA, stranger);
    expect(gather(lines, false)).toEqual({ a: [1, 2], b: [], findings: [] });
  });

  test.each([
    { why: 'a member is wrong', line: { ...payloadOf(five[0]), seq: 0 }, detail: 'seq' },
    {
      why: 'a member of a member is wrong',
      line: { ...payloadOf(five[0]), clock: { source: 'guess' } },
      detail: 'clock.source',
    },
    { why: 'it is no record at all', line: 7, detail: '' },
  ])('a plain line or an envelope is no record: $why', ({ line, detail }) => {
    const found = { code: 'payloadInvalid', speaker: null, seq: null, line: 1, detail };
    expect(gather([line], false)).toEqual({ a: [], b: [], findings: [found] });
    expect(gather([sealed(line)], false)).toEqual({ a: [], b: [], findings: [found] });
  });

  test('the record of a speaker that nobody asked for says whose it is', () => {
    const stranger = payloadOf(logOf(1, id(99))[0]);
    const found = { code: 'unknownSpeaker', speaker: id(99), seq: 1, line: 1, detail: null };
    expect(gather([stranger], false)).toEqual({ a: [], b: [], findings: [found] });
  });

  test('an envelope with a payload that is no base64 of its own bytes is a finding', () => {
    expect(gather([altered(five[0], 'e31=')], false)).toEqual({
      a: [],
      b: [],
      findings: [{ code: 'envelopeInvalid', speaker: null, seq: null, line: 1, detail: null }],
    });
  });

  test('a torn line is a finding', () => {
    const found = { code: 'recordTorn', speaker: null, seq: null, line: 1, detail: null };
    expect(gather(['{"torn'], false)).toEqual({ a: [], b: [], findings: [found] });
  });
});

test('empty lines are counted and passed over', () => {
  const torn = { code: 'recordTorn', speaker: null, seq: null, line: 4, detail: null };
  expect(gather(['', '  ', five[0], '{', ''])).toEqual({ a: [1], b: [], findings: [torn] });
});

test.each([true, false])('what a record says is taken as it stands (checked: %s)', (isChecked) => {
  const clip = { kind: 'clip' as const, clip: 'c'.repeat(64), durationMs: 1000, bulletin };
  const live = { kind: 'live' as const, clip: null, durationMs: null, bulletin: null };
  const log = createSignedLog({ site: 'xa-thu', speaker: speakerA, signer: signerA });
  for (const [posMs, item] of [clip, live].entries()) {
    const played = { fromMs: posMs, toMs: posMs + 1 };
    const body = {
      kind: 'ended' as const,
      session: plannedSessionId(posMs),
      playlist: item.clip,
      slotOffsetMs: null,
      item: {
        ...item,
        campaigns: [campaign, otherCampaign],
        role: 'bulletin' as const,
        priority: 'normal' as const,
      },
      drill: false,
      played,
      audible: [played],
      outcome: 'whole' as const,
      reason: null,
      volume: 80,
      measurement: null,
    };
    log.append({ body, boot: id(900), posMs });
  }
  const gatherer = createLogGatherer({
    speakers: new Set([speakerA]),
    keys: isChecked ? keys : null,
    tools,
  });
  for (const line of log.envelopes) gatherer.take(JSON.stringify(line));
  expect(gatherer.close().bySpeaker.get(speakerA)).toEqual(log.envelopes.map(payloadOf));
});
