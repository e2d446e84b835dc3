import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nodeDisk } from '#player-agent/disk/node-disk.ts';
import type { Disk } from '#player-agent/ports/disk.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { createCuttableDisk } from './support/cuttable-disk.ts';
import { openLog, verifyFolder, writeBeats } from './support/log-on-disk.ts';

const segmentsIn = (folder: string): string[] =>
  readdirSync(folder).filter((name) => name.startsWith('records-'));
const linesIn = (folder: string): string[] =>
  segmentsIn(folder).flatMap((name) =>
    readFileSync(join(folder, name), 'utf8').split('\n').filter(Boolean),
  );

test('a log goes on over segments and restarts as one chain, and verify takes the folder', async () => {
  const folder = await temporaryFolder();
  for (let restart = 0; restart < 5; restart += 1) {
    const log = await openLog(folder);
    expect(log.head().seq).toBe(restart * 3);
    await writeBeats(log, 3);
    await log.close();
  }
  expect(segmentsIn(folder).length).toBeGreaterThan(5);
  const whole = { begins: 'first', records: 15, head: { seq: 15 } };
  expect(await verifyFolder(folder)).toMatchObject({ ok: true, value: whole });
});

test('any range is read over the borders of segments, byte for byte as it was written', async () => {
  const folder = await temporaryFolder();
  const log = await openLog(folder);
  await writeBeats(log, 40);
  const lines = linesIn(folder);
  const range = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 50 }));
  await fc.assert(
    fc.asyncProperty(range, async ([from, more]) => {
      const read = await log.read({ from, to: from + more, maxBytes: 1_000_000 });
      expect(read.map((one) => JSON.stringify(one))).toEqual(lines.slice(from - 1, from + more));
    }),
    { numRuns: 25 },
  );
  await log.close();
});

test('the one file of an earlier version becomes the first segment, and the chain goes on', async () => {
  const folder = await temporaryFolder();
  const old = await openLog(folder, { maxSegmentBytes: 1_000_000 });
  await writeBeats(old, 9);
  await old.close();
  const [only = ''] = segmentsIn(folder);
  const bytes = readFileSync(join(folder, only));
  await nodeDisk.rename(join(folder, only), join(folder, 'records.ndjson'));
  expect(await verifyFolder(folder)).toMatchObject({ ok: true, value: { records: 9 } });
  const log = await openLog(folder);
  await writeBeats(log, 2);
  await log.close();
  expect(segmentsIn(folder)).toHaveLength(2);
  expect(readFileSync(join(folder, only))).toEqual(bytes);
  expect(await verifyFolder(folder)).toMatchObject({ ok: true, value: { records: 11 } });
});

/** Writes five records with a cut at one operation; how many were told to be on the disk. */
const writeUntilCut = async (folder: string, atOperation: number, when: 'before' | 'after') => {
  const disk = createCuttableDisk(nodeDisk, () => 0.5);
  const gone = new Promise<'cut'>((resolve) => {
    disk.cutAtOperation(atOperation, when, () => resolve('cut'));
  });
  let told = 3;
  const work = async (): Promise<'done'> => {
    const log = await openLog(folder, { disk });
    for (; told < 8; told += 1) await writeBeats(log, 1);
    return 'done';
  };
  return { ended: await Promise.race([work(), gone]), told };
};

test.each(['before', 'after'] as const)(
  'a power cut %s any operation of writing and changing segments loses no synced record and repeats none',
  async (when) => {
    for (let atOperation = 1; ; atOperation += 1) {
      const folder = await temporaryFolder();
      const first = await openLog(folder);
      await writeBeats(first, 3);
      await first.close();
      const { ended, told } = await writeUntilCut(folder, atOperation, when);
      const again = await openLog(folder);
      const { seq } = again.head();
      expect([told, told + 1]).toContain(seq);
      await writeBeats(again, 3);
      await again.close();
      const whole = { begins: 'first', records: seq + 3, head: { seq: seq + 3 } };
      expect(await verifyFolder(folder)).toMatchObject({ ok: true, value: whole });
      if (ended === 'done') return expect(atOperation).toBeGreaterThan(15);
    }
  },
  60_000,
);

/** A disk that counts what is opened and read. */
const countingDisk = () => {
  const count = { opened: 0, bytes: 0 };
  const disk: Disk = {
    ...nodeDisk,
    open: async (path) => {
      count.opened += 1;
      const file = await nodeDisk.open(path);
      const read: typeof file.read = async (offset, length) => {
        const bytes = await file.read(offset, length);
        count.bytes += bytes.length;
        return bytes;
      };
      return { ...file, read };
    },
  };
  return { disk, count };
};

test('to open a log costs the same after two segments and after sixty', async () => {
  const folder = await temporaryFolder();
  const costs: { opened: number; bytes: number }[] = [];
  for (const records of [3, 117]) {
    const log = await openLog(folder);
    await writeBeats(log, records);
    await log.close();
    const { disk, count } = countingDisk();
    await (await openLog(folder, { disk })).close();
    costs.push(count);
  }
  expect(segmentsIn(folder)).toHaveLength(60);
  expect(costs.map(({ opened }) => opened)).toEqual([1, 1]);
  for (const { bytes } of costs) expect(bytes).toBeLessThan(1_500);
});

test('where the disk lost a synced end that the server has, the log goes on behind it', async () => {
  const folder = await temporaryFolder();
  const log = await openLog(folder);
  await writeBeats(log, 6);
  const delivered = log.head();
  await log.close();
  for (const name of segmentsIn(folder).slice(1)) writeFileSync(join(folder, name), '');
  const again = await openLog(folder, { delivered });
  expect(again.tornLine).toBe(true);
  expect(again.head()).toEqual(delivered);
  await writeBeats(again, 2);
  const [next] = await again.read({ from: 7, to: 8, maxBytes: 1 });
  const record = JSON.parse(Buffer.from(next?.payload ?? '', 'base64').toString('utf8'));
  expect(record).toMatchObject({ seq: 7, prev: delivered.hash });
  await again.close();
  const third = await openLog(folder, { delivered });
  expect(third.tornLine).toBe(false);
  expect(third.head().seq).toBe(8);
  await third.close();
  const missing = { code: 'sequenceMissing', expected: 3, found: 7 };
  expect(await verifyFolder(folder)).toMatchObject({ ok: false, problem: { problem: missing } });
});

test('a damaged byte anywhere is noticed: what is before it and what is after it is still read', async () => {
  const folder = await temporaryFolder();
  const log = await openLog(folder, { maxSegmentBytes: 3_500 });
  await writeBeats(log, 12);
  const lines = linesIn(folder);
  const place = fc.record({
    segment: fc.integer({ min: 0, max: 1 }),
    at: fc.integer({ min: 0, max: 3_000 }),
    value: fc.constantFrom(0, 10, 34, 65, 255),
    length: fc.constantFrom(1, 1, 700),
  });
  await fc.assert(
    fc.asyncProperty(place, async ({ segment, at, value, length }) => {
      const path = join(folder, segmentsIn(folder)[segment] ?? '');
      const whole = readFileSync(path);
      writeFileSync(path, Buffer.from(whole).fill(value, at, Math.min(whole.length, at + length)));
      const isSound = new Set(linesIn(folder).filter((line) => lines.includes(line)));
      let from = 1;
      const read: string[] = [];
      while (from <= 12) {
        const some = await log.read({ from, to: 12, maxBytes: 1_000_000 });
        read.push(...some.map((one) => JSON.stringify(one)));
        from = (await log.firstFrom(from + some.length))?.seq ?? 13;
      }
      writeFileSync(path, whole);
      // Damage may swallow a line's beginning and leave a record that is whole again.
      expect(read).toEqual(lines.filter((line) => read.includes(line)));
      expect(read).toEqual(expect.arrayContaining([...isSound]));
    }),
    { numRuns: 40 },
  );
  await log.close();
});
