import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nodeDisk } from '#player-agent/disk/node-disk.ts';
import { verifyLogFile } from '#runtime/verify-log-file.ts';
import { SITE } from '#tests/support/brokers.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { createAgentRig } from './support/agent-rig.ts';
import { createCuttableDisk } from './support/cuttable-disk.ts';
import { openLog, stampAt, verifyFolder, writeBeats } from './support/log-on-disk.ts';

const DAY_MS = 86_400_000;
const NOW = Date.parse('2026-11-23T08:00:00+07:00');
const beforeMs = NOW - 400 * DAY_MS;
const OLD = stampAt(beforeMs - DAY_MS);
const YOUNG = stampAt(beforeMs + DAY_MS);
const segmentsIn = (folder: string) =>
  readdirSync(folder).filter((name) => name.startsWith('records-'));

/** A log of ten old records and ten that are not, two in each segment. */
const twentyRecords = async () => {
  const folder = await temporaryFolder();
  const log = await openLog(folder);
  await writeBeats(log, 10, OLD);
  await writeBeats(log, 10, YOUNG);
  return { folder, log };
};

test('segments that are delivered and old go whole, and the speaker signs what it removed', async () => {
  const { folder, log } = await twentyRecords();
  const start = await log.removeOld({ deliveredUpTo: 20, beforeMs });
  expect(start).toMatchObject({ seq: 10 });
  expect(segmentsIn(folder)).toHaveLength(5);
  expect(await log.removeOld({ deliveredUpTo: 20, beforeMs })).toBeNull();
  expect(await log.read({ from: 9, to: 12, maxBytes: 1_000_000 })).toEqual([]);
  expect(await log.read({ from: 11, to: 20, maxBytes: 1_000_000 })).toHaveLength(10);
  await log.close();
  const again = await openLog(folder);
  await writeBeats(again, 1, YOUNG);
  await again.close();
  const rest = { begins: 'removed', firstSeq: 11, records: 11, head: { seq: 21 } };
  expect(await verifyFolder(folder)).toMatchObject({ ok: true, value: rest });
});

test.each([
  { why: 'nothing is delivered', deliveredUpTo: 0, left: 10 },
  { why: 'a segment is delivered in part', deliveredUpTo: 5, left: 8 },
  { why: 'all is delivered', deliveredUpTo: 20, left: 5 },
])('what is not delivered stays, however old: $why', async ({ deliveredUpTo, left }) => {
  const { folder, log } = await twentyRecords();
  await log.removeOld({ deliveredUpTo, beforeMs });
  expect(segmentsIn(folder)).toHaveLength(left);
  const kept = await log.read({ from: deliveredUpTo + 1, to: 20, maxBytes: 1_000_000 });
  expect(kept).toHaveLength(deliveredUpTo < 11 ? 20 - deliveredUpTo : 0);
  await log.close();
});

test('the newest segment stays, whatever its age', async () => {
  const { folder, log } = await twentyRecords();
  await log.removeOld({ deliveredUpTo: 20, beforeMs: NOW });
  expect(segmentsIn(folder)).toHaveLength(1);
  await log.close();
  expect(await verifyFolder(folder)).toMatchObject({ ok: true, value: { firstSeq: 19 } });
});

test.each([
  { why: 'no clock', source: 'none' },
  { why: 'a person’s word', source: 'manual' },
] as const)(
  'records dated by $why prove no age; a later one by a server does',
  async ({ source }) => {
    const folder = await temporaryFolder();
    const log = await openLog(folder);
    await writeBeats(log, 6, stampAt(beforeMs - DAY_MS, source));
    expect(await log.removeOld({ deliveredUpTo: 6, beforeMs })).toBeNull();
    await writeBeats(log, 2, OLD);
    await writeBeats(log, 2, YOUNG);
    expect(await log.removeOld({ deliveredUpTo: 10, beforeMs })).toMatchObject({ seq: 8 });
    await log.close();
  },
);

test.each(['before', 'after'] as const)(
  'a power cut %s any operation of a removal leaves a log that holds, and the removal is done the next time',
  async (when) => {
    for (let atOperation = 1; ; atOperation += 1) {
      const { folder, log } = await twentyRecords();
      await log.close();
      const disk = createCuttableDisk(nodeDisk, () => 0.5);
      const gone = new Promise<'cut'>((resolve) => {
        disk.cutAtOperation(atOperation, when, () => resolve('cut'));
      });
      const removing = openLog(folder, { disk }).then(async (cuttable) => {
        await cuttable.removeOld({ deliveredUpTo: 15, beforeMs });
        return 'done' as const;
      });
      const ended = await Promise.race([removing, gone]);
      expect(await verifyFolder(folder)).toMatchObject({ ok: true, value: { head: { seq: 20 } } });
      const again = await openLog(folder);
      expect(await again.read({ from: 16, to: 20, maxBytes: 1_000_000 })).toHaveLength(5);
      await again.removeOld({ deliveredUpTo: 15, beforeMs });
      await writeBeats(again, 1, YOUNG);
      await again.close();
      const rest = { begins: 'removed', firstSeq: 11, head: { seq: 21 } };
      expect(await verifyFolder(folder)).toMatchObject({ ok: true, value: rest });
      if (ended === 'done') return expect(atOperation).toBeGreaterThan(12);
    }
  },
  60_000,
);

test('an agent removes by itself what it has delivered and what is older than 400 days, and nothing else', async () => {
  const rig = createAgentRig({ at: '2026-11-23T08:00:00+07:00' });
  const folder = join(rig.folder, 'log');
  const old = await openLog(folder, { site: SITE, signer: rig.station.speaker });
  await writeBeats(old, 9, OLD);
  await writeBeats(old, 8, YOUNG);
  await old.close();
  rig.broker.setUp(false);
  rig.station.limit();
  await rig.boot();
  await rig.clock.advance(2 * 3_600_000);
  expect(segmentsIn(folder)).toHaveLength(9);
  rig.broker.setUp(true);
  await rig.clock.advance(2 * 3_600_000);
  expect(segmentsIn(folder)).toHaveLength(5);
  expect(rig.station.records.length).toBeGreaterThan(17);
  const key = Buffer.from(rig.station.speaker.publicKey).toString('base64');
  const verified = await verifyLogFile(folder, key);
  expect(verified).toMatchObject({ ok: true, value: { begins: 'removed', firstSeq: 9 } });
  expect(rig.faults).toEqual([]);
});
