import fc from 'fast-check';
import { expect, test } from 'vitest';
import { verifyLog } from '#core/verify-log.ts';
import { logTools } from '#runtime/open-record.ts';
import type { Envelope } from '#schemas/envelope.ts';
import { createSignedLog, newSigner } from '#tests/support/signed-log.ts';

const SPEAKER = '0197a000-0000-7000-8000-000000000001';
const BOOT = '0197a000-0000-7000-8000-000000000002';
const LENGTH = 12;
const signer = newSigner();

const writeLog = (): string[] => {
  const log = createSignedLog({ site: 'xa-mau', speaker: SPEAKER, signer });
  for (let index = 0; index < LENGTH; index += 1) {
    log.append({ body: { kind: 'heartbeat', openSession: null }, boot: BOOT, posMs: index });
  }
  return log.envelopes.map((envelope) => JSON.stringify(envelope));
};

const lines = writeLog();
const tools = logTools(signer.publicKey);
const place = fc.integer({ min: 0, max: LENGTH - 1 });

test('a log that nobody touched is summed up to its last record', () => {
  const verified = verifyLog(lines, tools);
  expect(verified).toMatchObject({ ok: true, value: { records: LENGTH, speaker: SPEAKER } });
});

test('an altered record is found at its line, whichever it is', () => {
  fc.assert(
    fc.property(place, (index) => {
      const envelope = JSON.parse(lines[index] ?? '') as Envelope;
      const payload = Buffer.from(envelope.payload, 'base64').toString('utf8');
      const altered = Buffer.from(payload.replace('"posMs":', '"posMs":9')).toString('base64');
      const changed = lines.with(index, JSON.stringify({ ...envelope, payload: altered }));
      const found = verifyLog(changed, tools);
      expect(found).toMatchObject({
        ok: false,
        problem: { line: index + 1, problem: { code: 'signatureWrong' } },
      });
    }),
  );
});

test('a missing record is found where it is missing, unless it was the last', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: LENGTH - 2 }), (index) => {
      const found = verifyLog(lines.toSpliced(index, 1), tools);
      const problem = { code: 'sequenceMissing', expected: index + 1, found: index + 2 };
      expect(found).toMatchObject({ ok: false, problem: { line: index + 1, problem } });
    }),
  );
});

test('a record that stands twice is found at its second place', () => {
  fc.assert(
    fc.property(place, (index) => {
      const found = verifyLog(lines.toSpliced(index, 0, lines[index] ?? ''), tools);
      const problem = { code: 'sequenceConflict', seq: index + 1 };
      expect(found).toMatchObject({ ok: false, problem: { line: index + 2, problem } });
    }),
  );
});

test('two records that changed places are found at the first of them', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: LENGTH - 2 }), (index) => {
      const swapped = lines.with(index, lines[index + 1] ?? '').with(index + 1, lines[index] ?? '');
      expect(verifyLog(swapped, tools)).toMatchObject({
        ok: false,
        problem: { line: index + 1, problem: { code: 'sequenceMissing' } },
      });
    }),
  );
});

test.each([
  { why: 'it is half a line', line: '{"keyId":"', code: 'recordTorn' },
  { why: 'it is a line of something else', line: '{"hello":1}', code: 'recordTorn' },
])('a line that is no record is found: $why', ({ line, code }) => {
  const found = verifyLog([...lines, line], tools);
  expect(found).toMatchObject({ ok: false, problem: { line: LENGTH + 1, problem: { code } } });
});

test('a log that another key signed is not this speaker’s', () => {
  const found = verifyLog(lines, logTools(newSigner().publicKey));
  expect(found).toMatchObject({ ok: false, problem: { line: 1, problem: { code: 'keyUnknown' } } });
});

test('a chain that was cut and begun anew under the same key is found', () => {
  const other = createSignedLog({ site: 'xa-mau', speaker: SPEAKER, signer });
  other.append({ body: { kind: 'heartbeat', openSession: null }, boot: BOOT, posMs: 77 });
  other.append({ body: { kind: 'heartbeat', openSession: null }, boot: BOOT, posMs: 78 });
  const second = JSON.stringify(other.envelopes[1]);
  const found = verifyLog([lines[0] ?? '', second], tools);
  expect(found).toMatchObject({
    ok: false,
    problem: { line: 2, problem: { code: 'chainBroken' } },
  });
});
