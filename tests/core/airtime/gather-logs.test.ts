import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLogGatherer } from '#core/airtime/gather-logs.ts';
import { logTools } from '#runtime/open-record.ts';
import { byteCodec, sealEnvelope, sha256 } from '#runtime/signing.ts';
import { createSignedLog, heartbeat, newSigner } from '../../support/signed-log.ts';
import { id, speakerA, speakerB } from './support/ids.ts';

const signerA = newSigner();
const signerB = newSigner();

const reader = (isChecked: boolean) => ({
  speakers: new Set([speakerA, speakerB]),
  keys: isChecked
    ? new Map(
        [
          { speaker: speakerA, tools: logTools(signerA.publicKey) },
          { speaker: speakerB, tools: logTools(signerB.publicKey) },
        ].map((key) => [key.tools.keyId, key] as const),
      )
    : null,
  tools: { codec: byteCodec, hash: sha256, bytesToText: (b: Uint8Array) => `${Buffer.from(b)}` },
});

const gather = (lines: readonly unknown[], isChecked = true) => {
  const gatherer = createLogGatherer(reader(isChecked));
  for (const line of lines) {
    gatherer.take(typeof line === 'string' ? line : JSON.stringify(line));
  }
  return gatherer.close();
};

/** So many heartbeats of a speaker, signed by its key. */
const logOf = (count: number, speaker = speakerA, signer = signerA) => {
  const log = createSignedLog({ site: 'xa-thu', speaker, signer });
  for (let posMs = 0; posMs < count; posMs += 1) {
    log.append({ body: heartbeat, boot: id(900), posMs });
  }
  return log.envelopes;
};
const seqsOf = (gathered: ReturnType<typeof gather>, speaker = speakerA) =>
  (gathered.bySpeaker.get(speaker) ?? []).map(({ seq }) => seq);

const payloadOf = (line: { readonly payload: string } | undefined): unknown =>
  JSON.parse(Buffer.from(line?.payload ?? '', 'base64').toString());

describe('a file with the logs of several speakers', () => {
  test('gives each speaker its records, whatever their order and however often they are there', () => {
    const lines = [...logOf(4), ...logOf(3, speakerB, signerB)];
    const order = fc.array(fc.integer({ min: 0, max: lines.length - 1 }), { maxLength: 20 });
    fc.assert(
      fc.property(order, (again) => {
        const shuffled = [...again.map((index) => lines[index]), ...lines];
        const gathered = gather(shuffled);
        expect(seqsOf(gathered)).toEqual([1, 2, 3, 4]);
        expect(seqsOf(gathered, speakerB)).toEqual([1, 2, 3]);
        expect(gathered.findings).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  test('keeps what stands behind a missing number: nothing is wrong with it', () => {
    const gathered = gather(logOf(5).toSpliced(2, 1));
    expect(seqsOf(gathered)).toEqual([1, 2, 4, 5]);
    expect(gathered.findings).toEqual([]);
  });

  test('a first record that names a predecessor is a broken chain', () => {
    const from = { seq: 0, hash: 'f'.repeat(64) };
    const log = createSignedLog({ site: 'xa-thu', speaker: speakerA, signer: signerA, from });
    log.append({ body: heartbeat, boot: id(900), posMs: 0 });
    expect(gather(log.envelopes).findings).toMatchObject([{ code: 'chainBroken', seq: 1 }]);
  });

  test.each([
    { why: 'no JSON', line: '{"torn', code: 'recordTorn' },
    { why: 'no envelope', line: { v: 1 }, code: 'recordTorn' },
    { why: 'a key nobody has', line: logOf(1, speakerA, newSigner())[0], code: 'keyUnknown' },
    { why: 'the key of another speaker', line: logOf(1)[0], as: signerB, code: 'wrongSpeaker' },
    { why: 'signed for something else', line: { purpose: 'seal' }, code: 'purposeWrong' },
    { why: 'signed, and no record', line: { payload: 'e30=' }, code: 'payloadInvalid' },
  ])('a line that does not count is a finding with its line: $why', ({ line, as, code }) => {
    const sealed = (): unknown => {
      if (as !== undefined) {
        return sealEnvelope(as, 'record', Buffer.from(JSON.stringify(payloadOf(logOf(1)[0]))));
      }
      if (code === 'purposeWrong') return sealEnvelope(signerA, 'seal', Buffer.from('{}'));
      return code === 'payloadInvalid' ? sealEnvelope(signerA, 'record', Buffer.from('{}')) : line;
    };
    const gathered = gather([...logOf(2), sealed()]);
    expect(gathered.findings).toMatchObject([{ code, line: 3 }]);
    expect(seqsOf(gathered)).toEqual([1, 2]);
  });

  test('plain records are taken only when signatures are not checked', () => {
    const plain = logOf(3).map(payloadOf);
    expect(seqsOf(gather(plain, false))).toEqual([1, 2, 3]);
    expect(gather(plain).findings).toHaveLength(3);
    const stranger = logOf(1, id(99)).map(payloadOf);
    expect(gather(stranger, false).findings).toMatchObject([{ code: 'unknownSpeaker', seq: 1 }]);
  });
});
