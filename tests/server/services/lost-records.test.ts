import { describe, expect, it } from 'vitest';
import { type Signer, sealEnvelope, sha256 } from '#runtime/signing.ts';
import type { Envelope } from '#schemas/envelope.ts';
import { logEndsBefore } from '#server/services/read-log-window.ts';
import { newSigner } from '#tests/support/signed-log.ts';
import { newId } from '#tests/support/site-in-store.ts';
import { append, openReceiver } from './receiver.ts';

describe('records that are damaged on the speaker’s disk', () => {
  const hashOf = (record: Envelope | undefined) =>
    sha256(Buffer.from(record?.payload ?? '', 'base64'));
  const gapBy = (by: Signer, gap: object): Envelope =>
    sealEnvelope(by, 'logGap', Buffer.from(JSON.stringify(gap)));
  /** A speaker whose log of six records is stored up to the second. */
  const twoOfSix = async () => {
    const opened = await openReceiver();
    const enrolled = await opened.enrol();
    const records = append(enrolled.log, 6);
    await enrolled.send(records.slice(0, 2));
    const place = { v: 1, site: opened.site.site.slug, speaker: enrolled.speaker.id };
    const gap = { ...place, from: 3, to: 4, hash: hashOf(records[3]) };
    return { ...opened, ...enrolled, records, gap };
  };

  it('are a finding by the speaker’s own word, and what follows them is stored and acknowledged', async () => {
    const { store, said, speaker, signer, send, storedSeqs, records, gap } = await twoOfSix();
    const envelope = gapBy(signer, gap);
    const rest = { upTo: 6, missing: null, findings: [{ code: 'recordsLost', seq: 3 }] };
    expect(await send(records.slice(4), envelope)).toMatchObject({ ok: true, value: rest });
    expect(await storedSeqs()).toEqual([1, 2, 5, 6]);
    const [finding] = await store.findings(speaker.id);
    expect(finding).toMatchObject({ code: 'recordsLost', facts: { from: 3, to: 4 } });
    expect(JSON.parse(String(finding?.facts.envelope))).toEqual(envelope);
    expect(said.at(-1)).toMatchObject({ payload: { upTo: 6 } });
    expect(logEndsBefore(await store.findings(speaker.id))).toBe(Number.POSITIVE_INFINITY);
  });

  it('are told once, however often the batch comes', async () => {
    const { store, speaker, signer, send, storedSeqs, records, gap } = await twoOfSix();
    for (let times = 0; times < 3; times += 1) await send(records.slice(4), gapBy(signer, gap));
    expect(await store.findings(speaker.id)).toHaveLength(1);
    expect(await storedSeqs()).toEqual([1, 2, 5, 6]);
  });

  it('that came from somewhere else meanwhile leave no hole: only what is missing is lost', async () => {
    const { signer, send, storedSeqs, records, gap } = await twoOfSix();
    await send(records.slice(2, 3));
    const received = await send(records.slice(4), gapBy(signer, gap));
    expect(received).toMatchObject({ value: { findings: [{ seq: 4 }] } });
    expect(await storedSeqs()).toEqual([1, 2, 3, 5, 6]);
  });

  it.each([
    { why: 'another key signed it', change: {}, signer: newSigner() },
    { why: 'it names another speaker', change: { speaker: newId() } },
    { why: 'it names another hash than the record behind it', change: { hash: 'a'.repeat(64) } },
    { why: 'it ends before the hole does', change: { to: 3 } },
    { why: 'it begins behind the hole', change: { from: 4 } },
  ])('are asked for all the same when $why', async ({ change, signer: other }) => {
    const { signer, send, storedSeqs, records, gap } = await twoOfSix();
    const envelope = gapBy(other ?? signer, { ...gap, ...change });
    const asked = { stored: [], findings: [], missing: { from: 3, to: 4 } };
    expect(await send(records.slice(4), envelope)).toMatchObject({ value: asked });
    expect(await storedSeqs()).toEqual([1, 2]);
  });
});
