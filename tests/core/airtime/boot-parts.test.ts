import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { extendLog, readLog } from '#core/airtime/as-run-log.ts';
import { PART_NUMBERS } from '#core/airtime/boot-parts.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import { readLog as readNaively } from './naive/read-log.ts';
import { cases } from './support/cases.ts';
import { at } from './support/court.ts';
import { id, speakerA } from './support/ids.ts';
import { createLogWriter } from './support/log-writer.ts';
import { randomLog } from './support/random-log.ts';

const nowMs = at(4, '12:00');
const startMs = at(-1, '22:00');

/** The log with so many numbers before it, all of them in a boot of their own that is over. */
const behindOthers = (log: readonly LogRecord[], count: number): readonly LogRecord[] => {
  const writer = createLogWriter(speakerA).boot(at(-3, '00:00'), 'first');
  while (writer.records.length < count) writer.beat(at(-3, '01:00') + writer.records.length);
  const earlier = writer.records.map((record) => ({ ...record, boot: id(800) }));
  return [...earlier, ...log.map((record) => ({ ...record, seq: record.seq + count }))];
};

/** A log whose boots a cut goes through, of which some records may be missing. */
const cutLog = fc
  .record({
    log: randomLog(true, startMs),
    before: fc.integer({ min: PART_NUMBERS - 36, max: PART_NUMBERS - 1 }),
    lost: fc.array(fc.nat({ max: 40 }), { maxLength: 4 }),
  })
  .map(({ log, before, lost }) =>
    behindOthers(log, before).filter(({ seq }) => !lost.includes(seq - before)),
  );

const datesOf = (log: readonly LogRecord[]) =>
  readLog(speakerA, log, nowMs).boots.flatMap(({ lines }) =>
    lines.map(({ record, offsetMs, afterInstant, witness }) => ({
      seq: record.seq,
      offsetMs,
      afterInstant,
      witness,
    })),
  );

const datedNaively = (log: readonly LogRecord[]) => {
  const { records, offsets, futures, witnesses } = readNaively(log, nowMs);
  return records.map(({ seq }, index) => ({
    seq,
    offsetMs: offsets[index] ?? null,
    afterInstant: futures[index] ?? false,
    witness: witnesses.includes(index),
  }));
};

describe('a boot that is cut into parts', () => {
  test('is dated and believed as one that is not', () => {
    fc.assert(
      fc.property(cutLog, (log) => {
        expect(datesOf(log)).toEqual(datedNaively(log));
      }),
      cases(150),
    );
  });

  test('is the same whichever of its records comes last', () => {
    fc.assert(
      fc.property(cutLog, fc.nat({ max: 30 }), (log, fromEnd) => {
        const late = log.at(-1 - fromEnd) ?? log[0];
        const before = readLog(
          speakerA,
          log.filter((record) => record !== late),
          nowMs,
        );
        const after = extendLog(before, late === undefined ? [] : [late], nowMs);
        expect(after).toEqual(readLog(speakerA, log, nowMs));
      }),
      cases(100),
    );
  });
});
