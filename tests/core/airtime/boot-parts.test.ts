import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { extendLog, readLog } from '#core/airtime/as-run-log.ts';
import { PART_NUMBERS } from '#core/airtime/boot-parts.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import { plannedSessionId } from '#schemas/session.ts';
import { readLog as readNaively } from './naive/read-log.ts';
import { cases } from './support/cases.ts';
import { at, MINUTE } from './support/court.ts';
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

/**
 * A boot of more than three parts with a sign of life a minute, whose clock is set as told: by the number
 * of the record, how many minutes it is moved.
 */
const longBoot = (
  moves: Readonly<Record<number, number>>,
  isSetAtOnce = true,
): readonly LogRecord[] => {
  const writer = createLogWriter(speakerA);
  if (isSetAtOnce) writer.boot(at(-1, '00:00'), 'first');
  else writer.bootOnly(at(-1, '00:00'), 'first').beat(at(-1, '00:00'));
  let wallMs = at(-1, '00:00');
  for (let seq = 3; seq < 3 * PART_NUMBERS + 9; seq += 1) {
    wallMs += MINUTE;
    const moved = moves[seq];
    if (moved === undefined) writer.beat(wallMs);
    else writer.anchor(wallMs + moved * MINUTE, wallMs);
    wallMs += (moved ?? 0) * MINUTE;
  }
  return writer.records;
};

const FIRST_CUT = PART_NUMBERS;
const SECOND_CUT = 2 * PART_NUMBERS;

describe('a boot that is cut into parts', () => {
  test.each<{
    why: string;
    moves: Record<number, number>;
    lost?: number[];
    isSetAtOnce?: boolean;
  }>([
    { why: 'the clock is never moved', moves: {} },
    { why: 'it is set back in the next part', moves: { [FIRST_CUT + 20]: -60 } },
    { why: 'it is set back two parts later', moves: { [SECOND_CUT + 20]: -300 } },
    {
      why: 'it is set back and forward in one part, and forward in the last',
      moves: { [FIRST_CUT + 20]: -60, [FIRST_CUT + 30]: 90, [SECOND_CUT + 5]: 10 },
    },
    { why: 'the number at a cut is missing', moves: {}, lost: [FIRST_CUT] },
    {
      why: 'the clock is first set behind a cut at which a number is missing',
      moves: { [FIRST_CUT + 20]: 0 },
      lost: [FIRST_CUT],
      isSetAtOnce: false,
    },
    {
      why: 'the clock is first set in the next part',
      moves: { [FIRST_CUT + 20]: 0 },
      isSetAtOnce: false,
    },
    { why: 'its first record is missing', moves: { [SECOND_CUT + 5]: 10 }, lost: [1] },
  ])(
    'is dated, believed and extended as one that is not: $why',
    ({ moves, lost = [], isSetAtOnce }) => {
      const whole = longBoot(moves, isSetAtOnce);
      const log = whole.filter(({ seq }) => !lost.includes(seq));
      expect(datesOf(log)).toEqual(datedNaively(log));
      for (const late of [1, FIRST_CUT, FIRST_CUT + 20, SECOND_CUT + 5, SECOND_CUT + 20]) {
        const before = readLog(
          speakerA,
          log.filter(({ seq }) => seq !== late),
          nowMs,
        );
        const arrived = log.filter(({ seq }) => seq === late);
        expect(extendLog(before, arrived, nowMs)).toEqual(readLog(speakerA, log, nowMs));
      }
    },
  );

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

test('a session that is told half by a boot whose clock is known later is read anew', () => {
  const startMs = at(0, '05:00');
  const session = plannedSessionId(startMs);
  const log = createLogWriter(speakerA)
    .boot(at(-1, '20:00'), 'first')
    .item({ session, fromMs: startMs, toMs: startMs + MINUTE })
    .boot(startMs + 2 * MINUTE)
    .item({ session, fromMs: startMs + 2 * MINUTE, toMs: startMs + 3 * MINUTE })
    .beat(at(1, '00:00')).records;
  const isClock = ({ seq }: LogRecord) => seq === 5;
  const before = readLog(
    speakerA,
    log.filter((record) => !isClock(record)),
    nowMs,
  );
  expect(extendLog(before, log.filter(isClock), nowMs)).toEqual(readLog(speakerA, log, nowMs));
});
