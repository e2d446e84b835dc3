import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PART_NUMBERS } from '#core/airtime/boot-parts.ts';
import type { JudgeInput } from '#core/airtime/judge-input.ts';
import { openStanding, type Standing } from '#core/airtime/standing.ts';
import type { Id } from '#schemas/primitives.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import type { UnitVerdict, Verdict } from '#schemas/verdict.ts';
import { type Arrival, arrivalCase } from './support/arrivals.ts';
import { cases } from './support/cases.ts';
import { at, inputOf, judged, MINUTE, speaker } from './support/court.ts';
import { id, speakerA } from './support/ids.ts';
import { createLogWriter } from './support/log-writer.ts';
import { lostOnTheWay } from './support/lost-on-the-way.ts';

const opened = (input: JudgeInput): Standing => {
  const standing = openStanding(input);
  if (!standing.ok) throw new Error(JSON.stringify(standing.problem));
  return standing.value;
};

const taken = (standing: Standing, { speaker: name, records }: Arrival) => {
  const result = standing.take(name, { records });
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
};

/** The court as if all that has arrived had been there from the beginning, in this order. */
const withLogs = (court: JudgeInput, logs: ReadonlyMap<Id, readonly LogRecord[]>): JudgeInput => ({
  ...court,
  speakers: court.speakers.map((one) => ({ ...one, log: logs.get(one.speaker) ?? [] })),
});

const keyOf = (one: Verdict | UnitVerdict): string =>
  `${one.rule} ${'speaker' in one ? one.speaker : one.unit} ${one.period.from}`;

const runs = cases(20);

/** A week in one boot of some 1,700 records; the clock is moved on two days, once back. */
const neverRestarted = createLogWriter(speakerA).boot(at(-1, '23:00'), 'first');
for (const day of [0, 1, 2, 3, 4, 5, 6]) {
  const session = `p-${at(day, '05:00')}` as const;
  for (let minute = 0; minute < 240; minute += 1) {
    const fromMs = at(day, '05:00') + minute * MINUTE;
    if (minute < 60) neverRestarted.item({ session, fromMs, toMs: fromMs + MINUTE });
    else neverRestarted.beat(fromMs);
  }
  if (day === 2) neverRestarted.anchor(at(day, '10:00'), at(day, '10:05'));
  if (day === 4) neverRestarted.anchor(at(day, '10:10'), at(day, '10:00'));
  neverRestarted.beat(at(day + 1, '00:01'));
}
/** The anchors, and where a long boot is cut into parts. */
const cuts = neverRestarted.records.flatMap(({ kind, seq }) =>
  kind === 'clock' || seq % PART_NUMBERS < 2 ? [seq] : [],
);

describe('verdicts that stand', () => {
  test('are those of a batch after every arrival, whatever the order and however often', () => {
    fc.assert(
      fc.property(arrivalCase, ({ court, arrivals }) => {
        const standing = opened(court);
        const logs = new Map<Id, readonly LogRecord[]>();
        for (const arrival of arrivals) {
          taken(standing, arrival);
          logs.set(arrival.speaker, [...(logs.get(arrival.speaker) ?? []), ...arrival.records]);
          expect(standing.judgement()).toEqual(judged(withLogs(court, logs)));
        }
      }),
      runs,
    );
  });

  test('outside of what is said to be judged anew are the same objects as before', () => {
    fc.assert(
      fc.property(arrivalCase, ({ court, arrivals }) => {
        const standing = opened(court);
        for (const arrival of arrivals) {
          const before = standing.judgement();
          const anew = taken(standing, arrival);
          const after = standing.judgement();
          const touched = new Set([...anew.verdicts, ...anew.units].map(keyOf));
          const all = [...before.verdicts, ...before.units];
          for (const [index, one] of [...after.verdicts, ...after.units].entries()) {
            if (!touched.has(keyOf(one))) expect(one).toBe(all[index]);
          }
        }
      }),
      runs,
    );
  });

  test('lose nothing by what arrives, nor by time that passes: what is met stays met', () => {
    fc.assert(
      fc.property(arrivalCase, (one) => {
        expect(lostOnTheWay(one)).toEqual([]);
      }),
      runs,
    );
  });

  test('are those of a batch at every later instant, and with other excuses and locks', () => {
    const instants = fc.array(fc.integer({ min: at(-1, '00:00'), max: at(10, '00:00') }), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(arrivalCase, instants, ({ court, arrivals }, moments) => {
        const standing = opened({ ...court, excuses: [], locks: [] });
        const logs = new Map<Id, readonly LogRecord[]>();
        for (const [index, arrival] of arrivals.entries()) {
          const orders = index % 3 === 0 ? { excuses: court.excuses } : { locks: court.locks };
          const nowMs = moments[index % moments.length] ?? court.nowMs;
          taken(standing, arrival);
          standing.revise({ ...orders, nowMs });
          logs.set(arrival.speaker, [...(logs.get(arrival.speaker) ?? []), ...arrival.records]);
          const used = {
            excuses: court.excuses,
            locks: index === 0 ? [] : court.locks,
            nowMs,
          };
          expect(standing.judgement()).toEqual(judged({ ...withLogs(court, logs), ...used }));
        }
      }),
      cases(12),
    );
  });

  test('of a speaker that never restarted are those of a batch, wherever its holes and moved anchors lie', () => {
    const { records } = neverRestarted;
    const number = fc.integer({ min: 1, max: records.length });
    const lost = fc.array(fc.oneof(number, fc.constantFrom(...cuts)), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(lost, fc.boolean(), (seqs, isBackwards) => {
        const late = [...new Set(seqs)].sort((a, b) => (isBackwards ? b - a : a - b));
        const isLate = new Set(late);
        const arrived = records.filter(({ seq }) => !isLate.has(seq));
        const standing = opened(inputOf(arrived));
        for (const seq of late) {
          const missing = records.slice(seq - 1, seq);
          taken(standing, { speaker: speakerA, records: missing });
          arrived.push(...missing);
          expect(standing.judgement()).toEqual(judged(inputOf(arrived)));
        }
      }),
      cases(25),
    );
  });

  test('of a contradicted log fall back to what was said before the contradiction', () => {
    const log = createLogWriter(speakerA)
      .boot(at(-1, '23:00'), 'first')
      .item({ session: `p-${at(0, '05:00')}`, fromMs: at(0, '05:00'), toMs: at(0, '05:30') })
      .beat(at(1, '00:01')).records;
    const forged = { ...log[2], posMs: 1 } as LogRecord;
    const standing = opened(inputOf(log));
    expect(standing.judgement().verdicts[0]?.verdict).toBe('met');
    const { verdicts, findings } = taken(standing, { speaker: speakerA, records: [forged] });
    expect(verdicts[0]?.verdict).toBe('unknown');
    expect(findings).toEqual([{ code: 'sequenceConflict', speaker: speakerA, seq: 3 }]);
    taken(standing, { speaker: speakerA, records: log });
    expect(standing.judgement()).toEqual(judged(inputOf([...log, forged])));
  });

  test('a session that left no trace is told anew when the boot after a power cut says why', () => {
    const planned = [`p-${at(1, '05:30')}`] as const;
    const writer = createLogWriter(speakerA).boot(at(-1, '23:00'), 'first').beat(at(0, '20:00'));
    const early = [...writer.records];
    const { records } = writer.boot(at(1, '09:00'), 'powerLoss');
    const speakers = [{ ...speaker(early), planned }];
    const standing = opened(inputOf(early, { speakers }));
    const { verdicts } = taken(standing, { speaker: speakerA, records: records.slice(3) });
    const tuesday = verdicts.find(({ period }) => period.from === '2026-03-03');
    expect(tuesday?.sessions[0]).toMatchObject({ reason: 'speakerOff', cause: 'powerLoss' });
  });

  test('an emergency of the next day, in a boot between two others, joins a session of the day before', () => {
    const session = `p-${at(0, '23:40')}` as const;
    const urgent = `p-${at(1, '00:05')}` as const;
    const { records } = createLogWriter(speakerA)
      .boot(at(-1, '23:00'), 'first')
      .item({ session, fromMs: at(0, '23:40'), toMs: at(1, '00:00') })
      .boot(at(1, '00:00:05'))
      .item({
        session: urgent,
        fromMs: at(1, '00:00:10'),
        toMs: at(1, '00:09:50'),
        priority: 'emergency',
      })
      .boot(at(1, '00:10'))
      .item({ session, fromMs: at(1, '00:10:05'), toMs: at(1, '00:30') });
    const standing = opened(inputOf(records.filter(({ seq }) => seq !== 6)));
    expect(standing.judgement().verdicts[0]?.has).toBe(0);
    taken(standing, { speaker: speakerA, records: records.slice(5, 6) });
    expect(standing.judgement().verdicts[0]?.has).toBe(1);
  });

  test('a speaker that is not there is refused', () => {
    const standing = opened(inputOf([]));
    expect(standing.take(id(99), { records: [] })).toEqual({
      ok: false,
      problem: { code: 'unknownSpeaker', speaker: id(99) },
    });
  });

  test('a playlist that comes later shows its sessions, and only its own days are judged anew', () => {
    const log = createLogWriter(speakerA).boot(at(-1, '23:00'), 'first').beat(at(8, '00:00'));
    const standing = opened(inputOf(log.records));
    const planned = [`p-${at(2, '05:00')}`] as const;
    const result = standing.take(speakerA, { planned });
    expect(result.ok && result.value.verdicts.map(({ period }) => period.from)).toEqual([
      '2026-03-04',
    ]);
    const speakers = [{ ...speaker(log.records), planned }];
    expect(standing.judgement()).toEqual(judged(inputOf(log.records, { speakers })));
  });
});

test('a drill that lay after the instant is no finding any more once the instant has come', () => {
  const session = `p-${at(0, '22:00')}` as const;
  const drill = { session, fromMs: at(0, '22:00'), toMs: at(0, '22:10'), drill: true };
  const { records } = createLogWriter(speakerA).boot(at(0, '20:00'), 'first').item(drill);
  const standing = opened(inputOf(records, { nowMs: at(0, '21:00') }));
  expect(standing.judgement().findings).toMatchObject([{ code: 'recordAfterInstant' }]);
  standing.revise({ nowMs: at(0, '23:00') });
  expect(standing.judgement().findings).toEqual([]);
});
