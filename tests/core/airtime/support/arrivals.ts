import fc from 'fast-check';
import type { JudgeInput } from '#core/airtime/judge-input.ts';
import { createDayTable } from '#runtime/day-table.ts';
import type { Id } from '#schemas/primitives.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import { plannedSessionId } from '#schemas/session.ts';
import { at, rule, speaker, units } from './court.ts';
import { commune, communeSpeaker, id, otherRuleId, speakerA, speakerB, villageB } from './ids.ts';
import { randomLog } from './random-log.ts';
import { anyRule } from './random-rule.ts';

/** Records of one speaker that arrive together. */
export interface Arrival {
  readonly speaker: Id;
  readonly records: readonly LogRecord[];
}

/** A court of three speakers without any record, and how their records arrive. */
export interface ArrivalCase {
  readonly court: JudgeInput;
  readonly arrivals: readonly Arrival[];
}

const logs = fc.tuple(randomLog(true), randomLog(true), randomLog(true)).map(([a, b, ward]) => [
  { speaker: speakerA, log: a },
  { speaker: speakerB, log: b.map((record) => ({ ...record, speaker: speakerB })) },
  { speaker: communeSpeaker, log: ward.map((record) => ({ ...record, speaker: communeSpeaker })) },
]);

/** In any order, in batches of any size, some of it twice, some of it never. */
const arrivals: fc.Arbitrary<readonly Arrival[]> = logs.chain((told) => {
  const all = told.flatMap(({ speaker: of, log }) => log.map((record) => ({ of, record })));
  return fc
    .tuple(
      fc.shuffledSubarray([...all, ...all], { minLength: all.length }),
      fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 8 }),
    )
    .map(([order, sizes]) => inBatches(order, sizes));
});

const inBatches = (
  order: readonly { readonly of: Id; readonly record: LogRecord }[],
  sizes: readonly number[],
): readonly Arrival[] => {
  const batches: Arrival[] = [];
  let from = 0;
  for (let turn = 0; from < order.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    const batch = order.slice(from, from + size);
    for (const [of, items] of Map.groupBy(batch, (one) => one.of)) {
      batches.push({ speaker: of, records: items.map(({ record }) => record) });
    }
    from += size;
  }
  return batches;
};

const silentSession = plannedSessionId(at(1, '05:30'));
const wardRule = rule({ id: otherRuleId, unit: commune, minMinutes: 10, to: '2026-03-07' });

/**
 * Two villages, of which one gives way to the commune; weeks locked or not, a planned session that
 * leaves no trace, an excuse.
 */
export const arrivalCase: fc.Arbitrary<ArrivalCase> = fc
  .record({
    rule: anyRule,
    arrivals,
    isLocked: fc.boolean(),
    lockedSeq: fc.nat({ max: 40 }),
    zone: fc.constantFrom('Asia/Ho_Chi_Minh', 'America/New_York'),
    nowMs: fc.constantFrom(at(9, '00:00'), at(7, '00:00'), at(2, '12:00')),
  })
  .map(({ rule: told, arrivals: arrived, isLocked, lockedSeq, zone, nowMs }) => ({
    arrivals: arrived,
    court: {
      rules: [
        told,
        wardRule,
        rule({ id: id(33), unit: villageB, unlessAired: wardRule.id }),
        rule({
          id: id(34),
          unit: commune,
          scope: 'subtree',
          coverage: { numerator: 2, denominator: 3 },
        }),
      ],
      table: createDayTable(zone, '2026-03-02', 7),
      units,
      speakers: [
        { ...speaker([]), planned: [silentSession] },
        speaker([], speakerB, villageB),
        speaker([], communeSpeaker, commune),
      ],
      excuses: [
        {
          id: id(71),
          rule: told.id,
          speaker: speakerA,
          periodFrom: '2026-03-03',
          reason: 'sét đánh',
          acceptedMs: at(3, '00:00'),
        },
      ],
      locks: isLocked
        ? [
            {
              week: '2026-03-02',
              lockedMs: at(7, '00:00'),
              heads: lockedSeq === 0 ? [] : [{ speaker: speakerA, seq: lockedSeq }],
            },
          ]
        : [],
      nowMs,
    },
  }));
