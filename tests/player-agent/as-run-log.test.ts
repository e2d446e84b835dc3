import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nodeDisk } from '#player-agent/disk/node-disk.ts';
import { type AsRunLog, openAsRunLog, type RecordStamp } from '#player-agent/log/as-run-log.ts';
import { segmentName } from '#runtime/log-segments.ts';
import { sealEnvelope } from '#runtime/signing.ts';
import { verifyLogFile } from '#runtime/verify-log-file.ts';
import type { RecordBody } from '#schemas/records/log-record.ts';
import { newSigner } from '#tests/support/signed-log.ts';
import { canMount, smallDisk } from '#tests/support/small-disk.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { idOf, SPEAKER } from './support/station.ts';

const signer = newSigner();
const key = Buffer.from(signer.publicKey).toString('base64');
const stamp: RecordStamp = {
  boot: idOf(7),
  posMs: 0,
  clock: { source: 'none', offsetMs: null, uncertaintyMs: null },
};
const beat: RecordBody = { kind: 'heartbeat', openSession: null };

/** The only segment of a log that is still short. */
const logPath = (folder: string): string => join(folder, segmentName(1));

const open = async (folder: string): Promise<AsRunLog> => {
  const who = { site: 'xa-mau', speaker: SPEAKER, signer, boot: idOf(7) };
  const opened = await openAsRunLog({ disk: nodeDisk, folder, ...who });
  if (!opened.ok) throw new Error(opened.problem.code);
  return opened.value;
};

const write = async (log: AsRunLog, count: number): Promise<void> => {
  for (let index = 0; index < count; index += 1) await log.append(stamp, beat);
};

test('sequence and chain go on over restarts', async () => {
  const folder = await temporaryFolder();
  for (let restart = 0; restart < 3; restart += 1) {
    const log = await open(folder);
    await write(log, 4);
    await log.close();
  }
  const verified = await verifyLogFile(logPath(folder), key);
  expect(verified).toMatchObject({ ok: true, value: { records: 12, head: { seq: 12 } } });
});

test('a line torn at any byte is cut off and kept aside, and the log goes on before it', async () => {
  const folder = await temporaryFolder();
  const log = await open(folder);
  await write(log, 3);
  await log.close();
  const path = logPath(folder);
  const whole = readFileSync(path);
  const lastLine = whole.lastIndexOf(10, whole.length - 2) + 1;
  const cutAt = fc.integer({ min: lastLine + 1, max: whole.length - 1 });
  await fc.assert(
    fc.asyncProperty(cutAt, fc.constantFrom('cut', 'zeros'), async (atByte, rest) => {
      const tail = rest === 'cut' ? Buffer.alloc(0) : Buffer.alloc(whole.length - atByte);
      writeFileSync(path, Buffer.concat([whole.subarray(0, atByte), tail]));
      const again = await open(folder);
      expect(again.tornLine).toBe(true);
      expect(again.head().seq).toBe(2);
      await write(again, 2);
      await again.close();
      const verified = await verifyLogFile(path, key);
      expect(verified).toMatchObject({ ok: true, value: { records: 4 } });
      const aside = readFileSync(`${folder}/torn-${idOf(7)}.bin`);
      expect(aside.subarray(0, atByte - lastLine)).toEqual(whole.subarray(lastLine, atByte));
    }),
    { numRuns: 25 },
  );
});

test('records of a newer version are evidence: an older one cuts nothing off and does not go on', async () => {
  const folder = await temporaryFolder();
  const log = await open(folder);
  await write(log, 2);
  await log.close();
  const payload = Buffer.from(JSON.stringify({ v: 1, kind: 'whatComesLater', seq: 3 }));
  const line = JSON.stringify(sealEnvelope(signer, 'record', payload));
  appendFileSync(logPath(folder), `${line}\n`);
  const before = readFileSync(logPath(folder));
  const who = { site: 'xa-mau', speaker: SPEAKER, signer, boot: idOf(7) };
  const opened = await openAsRunLog({ disk: nodeDisk, folder, ...who });
  expect(opened).toMatchObject({ ok: false, problem: { code: 'databaseNewer' } });
  expect(readFileSync(logPath(folder))).toEqual(before);
});

test('any range is read again from the file, byte for byte as it was written', async () => {
  const folder = await temporaryFolder();
  const log = await open(folder);
  await write(log, 60);
  const lines = readFileSync(logPath(folder), 'utf8').trimEnd().split('\n');
  const range = fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 70 }));
  await fc.assert(
    fc.asyncProperty(range, async ([from, more]) => {
      const read = await log.read({ from, to: from + more, maxBytes: 1_000_000 });
      const expected = lines.slice(from - 1, from + more);
      expect(read.map((envelope) => JSON.stringify(envelope))).toEqual(expected);
    }),
    { numRuns: 40 },
  );
  expect(await log.read({ from: 5, to: 60, maxBytes: 1 })).toHaveLength(1);
  expect(await log.read({ from: 61, to: 99, maxBytes: 1_000_000 })).toEqual([]);
  await log.close();
});

test('the log of another speaker is not gone on with', async () => {
  const folder = await temporaryFolder();
  const log = await open(folder);
  await write(log, 1);
  await log.close();
  const who = { site: 'xa-mau', speaker: idOf(99), signer, boot: idOf(7) };
  const other = await openAsRunLog({ disk: nodeDisk, folder, ...who });
  expect(other).toMatchObject({ ok: false, problem: { code: 'fileUnreadable' } });
});

test.runIf(canMount())(
  'a record that does not fit on a full disk leaves no part of it, and fits later',
  async () => {
    const folder = await smallDisk(64);
    const log = await open(folder);
    writeFileSync(`${folder}/ballast`, Buffer.alloc(40_000));
    let written = 0;
    for (;;) {
      const appended = await log.append(stamp, beat);
      if (!appended.ok) {
        expect(appended.problem.code).toBe('diskFull');
        break;
      }
      written += 1;
    }
    expect(log.head().seq).toBe(written);
    const full = await verifyLogFile(logPath(folder), key);
    expect(full).toMatchObject({ ok: true, value: { records: written } });
    writeFileSync(`${folder}/ballast`, '');
    await write(log, 2);
    await log.close();
    const after = await verifyLogFile(logPath(folder), key);
    expect(after).toMatchObject({ ok: true, value: { records: written + 2 } });
  },
);
