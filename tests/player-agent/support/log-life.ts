import fc from 'fast-check';
import { expect } from 'vitest';
import { nodeDisk } from '#player-agent/disk/node-disk.ts';
import type { AsRunLog } from '#player-agent/log/as-run-log.ts';
import { createDeliveredFile } from '#player-agent/log/delivered-file.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { createCuttableDisk } from './cuttable-disk.ts';
import { openLog, stampAt, verifyFolder, writeBeats } from './log-on-disk.ts';

const DAY_MS = 86_400_000;
const RETENTION_DAYS = 400;
/** So much time passes between two records, so that a life of the box outlasts the retention. */
const STEP_MS = 20 * DAY_MS;
const TO_END = { to: Number.MAX_SAFE_INTEGER, maxBytes: Number.MAX_SAFE_INTEGER };

/** One run of the box: what it does, and at which operation of its disk the power goes. */
interface Run {
  readonly records: number;
  readonly isOnline: boolean;
  readonly cutAt: number;
  readonly when: 'before' | 'after';
  readonly torn: number;
}

/** What is outside of the box and survives everything. */
interface World {
  readonly folder: string;
  nowMs: number;
  /** The last record of which the box said that it is on its disk. */
  told: number;
  /** What the server stored, by number. */
  readonly stored: Map<number, string>;
}

const deliver = async (world: World, log: AsRunLog, disk: typeof nodeDisk): Promise<void> => {
  const delivered = createDeliveredFile(disk, world.folder);
  const from = Math.min(await delivered.upTo(), log.head().seq) + 1;
  const records = await log.read({ from, ...TO_END });
  for (const [index, record] of records.entries()) {
    const text = JSON.stringify(record);
    expect(world.stored.get(from + index) ?? text).toBe(text);
    world.stored.set(from + index, text);
  }
  await delivered.write(from + records.length - 1, log);
  const beforeMs = world.nowMs - RETENTION_DAYS * DAY_MS;
  await log.removeOld({ deliveredUpTo: from + records.length - 1, beforeMs });
};

const live = async (world: World, run: Run): Promise<void> => {
  const disk = createCuttableDisk(nodeDisk, () => run.torn);
  const gone = new Promise<void>((resolve) => {
    disk.cutAtOperation(run.cutAt, run.when, resolve);
  });
  const work = async () => {
    const delivered = await createDeliveredFile(disk, world.folder).head();
    const log = await openLog(world.folder, { disk, delivered });
    for (let count = 0; count < run.records; count += 1) {
      world.nowMs += STEP_MS;
      await writeBeats(log, 1, stampAt(world.nowMs));
      world.told = log.head().seq;
    }
    if (run.isOnline) await deliver(world, log, disk);
    disk.cut();
  };
  await Promise.race([work(), gone]);
};

const runs = fc.array(
  fc.record({
    records: fc.integer({ min: 0, max: 12 }),
    isOnline: fc.boolean(),
    cutAt: fc.integer({ min: 1, max: 60 }),
    when: fc.constantFrom('before', 'after'),
    torn: fc.double({ min: 0, max: 0.999, noNaN: true }),
  }),
  { minLength: 3, maxLength: 12 },
);

/**
 * Lives of a box that is cut at random operations of its disk, changes segments and removes old ones:
 * whatever it said to be on its disk is there or with the server, once and as it was written.
 */
export const liveAtRandom = (lives: number): Promise<void> => {
  const property = fc.asyncProperty(runs, async (life) => {
    const world: World = {
      folder: await temporaryFolder(),
      nowMs: Date.parse('2026-11-23T08:00:00+07:00'),
      told: 0,
      stored: new Map(),
    };
    for (const run of life) {
      const toldBefore = world.told;
      await live(world, run);
      expect(world.told).toBeGreaterThanOrEqual(toldBefore);
    }
    const log = await openLog(world.folder);
    expect([world.told, world.told + 1]).toContain(log.head().seq);
    await deliver(world, log, nodeDisk);
    const { seq } = log.head();
    await log.close();
    const all = Array.from({ length: seq }, (_, index) => index + 1);
    expect([...world.stored.keys()]).toEqual(all);
    expect(await verifyFolder(world.folder)).toMatchObject({ ok: true, value: { head: { seq } } });
  });
  return fc.assert(property, { numRuns: lives });
};
