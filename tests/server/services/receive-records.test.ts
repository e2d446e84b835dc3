import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sealEnvelope } from '#runtime/signing.ts';
import type { Envelope } from '#schemas/envelope.ts';
import { receiveRecords } from '#server/services/receive-records.ts';
import {
  createSignedLog,
  heartbeat,
  newSigner,
  type SignedLog,
} from '#tests/support/signed-log.ts';
import { newId } from '#tests/support/site-in-store.ts';
import { append, boot, openReceiver } from './receiver.ts';

const swapByte = (base64: string): string => {
  const bytes = Buffer.from(base64, 'base64');
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  return bytes.toString('base64');
};

describe('a batch of records', () => {
  it('is stored byte for byte and acknowledged only after that', async () => {
    const { store, said, enrol } = await openReceiver();
    const { speaker, log, send } = await enrol();
    const records = append(log, 3);
    expect(await send(records)).toMatchObject({ ok: true, value: { upTo: 3, missing: null } });
    const stored = await store.records(speaker.id, 1, 10);
    expect(stored.map(({ envelope }) => JSON.parse(envelope))).toEqual(records);
    expect(said).toMatchObject([{ payload: { upTo: 3 } }]);
  });

  it('of a speaker that nobody enrolled is refused', async () => {
    const { ports } = await openReceiver();
    const speaker = newId();
    const log = createSignedLog({ site: 'xa-mau', speaker, signer: newSigner() });
    const batch = { records: [...append(log, 1)] };
    expect(await receiveRecords(ports, speaker, batch)).toMatchObject({
      problem: { code: 'unknownSpeaker' },
    });
  });

  it('with a hole before it leaves nothing, and the hole is asked for', async () => {
    const { said, enrol } = await openReceiver();
    const { log, send, storedSeqs } = await enrol();
    const records = append(log, 6);
    await send(records.slice(0, 2));
    expect(await send(records.slice(4))).toMatchObject({
      value: { upTo: 2, stored: [], missing: { from: 3, to: 4 } },
    });
    expect(said.at(-1)).toMatchObject({ payload: { from: 3, to: 4 } });
    expect(await storedSeqs()).toEqual([1, 2]);
    await send(records.slice(2, 4));
    expect(await send(records.slice(4))).toMatchObject({ value: { upTo: 6 } });
  });

  it('is stored even when the acknowledgement cannot be sent: it is sent again and told again', async () => {
    const { ports, enrol } = await openReceiver();
    const { speaker, log, storedSeqs } = await enrol();
    const broken = { ...ports.broker, publish: () => Promise.reject(new Error('down')) };
    const records = [...append(log, 2)];
    const received = receiveRecords({ ...ports, broker: broken }, speaker.id, { records });
    expect(await received).toMatchObject({ ok: true, value: { upTo: 2 } });
    expect(await storedSeqs()).toEqual([1, 2]);
  });

  it('that repeats stored records is acknowledged in silence', async () => {
    const { store, said, enrol } = await openReceiver();
    const { speaker, log, send } = await enrol();
    const records = append(log, 3);
    await send(records);
    expect(await send(records)).toMatchObject({ value: { stored: [], upTo: 3, findings: [] } });
    expect(said).toMatchObject([{ payload: { upTo: 3 } }, { payload: { upTo: 3 } }]);
    expect(await store.findings(speaker.id)).toEqual([]);
  });
});

interface BadCase {
  readonly why: string;
  readonly code: string;
  /** Makes what is sent after two good records, from a log that stands at 2. */
  readonly make: (
    log: SignedLog,
    own: Awaited<ReturnType<Awaited<ReturnType<typeof openReceiver>>['enrol']>>,
  ) => Envelope[];
  readonly seq: number;
}

const fork = (
  own: { speaker: { id: string }; signer: ReturnType<typeof newSigner> },
  site = 'xa-mau',
) => createSignedLog({ site, speaker: own.speaker.id, signer: own.signer });

const badCases: readonly BadCase[] = [
  {
    why: 'one bit of the payload was changed on the way',
    code: 'signatureWrong',
    seq: 3,
    make: (log) => append(log, 1).map((e) => ({ ...e, payload: swapByte(e.payload) })),
  },
  {
    why: 'one bit of the signature was changed on the way',
    code: 'signatureWrong',
    seq: 3,
    make: (log) => append(log, 1).map((e) => ({ ...e, signature: swapByte(e.signature) })),
  },
  {
    why: 'another key signed it and says so',
    code: 'keyUnknown',
    seq: 3,
    make: (log) =>
      append(log, 1).map((e) =>
        sealEnvelope(newSigner(), 'record', Buffer.from(e.payload, 'base64')),
      ),
  },
  {
    why: 'another key signed it under this key’s name',
    code: 'signatureWrong',
    seq: 3,
    make: (log, { signer }) =>
      append(log, 1).map((e) => ({
        ...sealEnvelope(newSigner(), 'record', Buffer.from(e.payload, 'base64')),
        keyId: signer.keyId,
      })),
  },
  {
    why: 'it was signed for another purpose',
    code: 'purposeWrong',
    seq: 3,
    make: (log, { signer }) =>
      append(log, 1).map((e) => sealEnvelope(signer, 'time', Buffer.from(e.payload, 'base64'))),
  },
  {
    why: 'a signature for another purpose was relabelled',
    code: 'signatureWrong',
    seq: 3,
    make: (log, { signer }) =>
      append(log, 1).map((e) => ({
        ...sealEnvelope(signer, 'time', Buffer.from(e.payload, 'base64')),
        purpose: 'record',
      })),
  },
  {
    why: 'the speaker signed what is no record',
    code: 'payloadInvalid',
    seq: 3,
    make: (_, { signer }) => [sealEnvelope(signer, 'record', Buffer.from('{"v":1}'))],
  },
  {
    why: 'the speaker signed what is no JSON',
    code: 'payloadInvalid',
    seq: 3,
    make: (_, { signer }) => [sealEnvelope(signer, 'record', Buffer.from([0xff, 0x00, 0x7b]))],
  },
  {
    why: 'the record names another speaker',
    code: 'wrongSpeaker',
    seq: 3,
    make: (log) => [log.append({ body: heartbeat, boot, posMs: 9 }, { speaker: newId() })],
  },
  {
    why: 'the record names another site',
    code: 'wrongSpeaker',
    seq: 3,
    make: (log) => [log.append({ body: heartbeat, boot, posMs: 9 }, { site: 'xa-khac' })],
  },
  {
    why: 'another content stands under a number that is stored',
    code: 'sequenceConflict',
    seq: 1,
    make: (_, own) => [fork(own).append({ body: heartbeat, boot, posMs: 77 })],
  },
  {
    why: 'the record names another predecessor',
    code: 'chainBroken',
    seq: 3,
    make: (log) => [log.append({ body: heartbeat, boot, posMs: 9 }, { prev: 'a'.repeat(64) })],
  },
];

describe('a record that does not fit is a finding once and never part of the log', () => {
  it.each(badCases)('$code: $why', async ({ code, seq, make }) => {
    const { store, enrol } = await openReceiver();
    const own = await enrol();
    await own.send(append(own.log, 2));
    const bad = make(own.log, own);
    const received = await own.send(bad);
    expect(received).toMatchObject({ ok: true, value: { stored: [], upTo: 2 } });
    await own.send(bad);
    expect(await own.storedSeqs()).toEqual([1, 2]);
    expect(await store.findings(own.speaker.id)).toMatchObject([{ code, seq }]);
  });

  it('keeps what came before it in the same batch', async () => {
    const { enrol } = await openReceiver();
    const { log, send, storedSeqs } = await enrol();
    const records = append(log, 4);
    const torn = records.map((e, index) =>
      index === 2 ? { ...e, signature: swapByte(e.signature) } : e,
    );
    expect(await send(torn)).toMatchObject({ value: { upTo: 2 } });
    expect(await send(records)).toMatchObject({ value: { upTo: 4, findings: [] } });
    expect(await storedSeqs()).toEqual([1, 2, 3, 4]);
  });
});

describe('whatever order batches come in, and however often', () => {
  it('each record is stored once, in order, without a finding, and a last resend completes the log', async () => {
    const { store, enrol } = await openReceiver();
    const cuts = fc.array(fc.record({ from: fc.nat(19), length: fc.integer({ min: 1, max: 8 }) }), {
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(cuts, async (batches) => {
        const { speaker, log, send, storedSeqs } = await enrol();
        const records = append(log, 20);
        await Promise.all(
          batches.map(({ from, length }) => send(records.slice(from, from + length))),
        );
        const seqs = await storedSeqs();
        expect(seqs).toEqual(seqs.map((_, index) => index + 1));
        expect(await send(records)).toMatchObject({ value: { upTo: 20 } });
        expect(await storedSeqs()).toEqual(records.map((_, index) => index + 1));
        expect(await store.findings(speaker.id)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});
