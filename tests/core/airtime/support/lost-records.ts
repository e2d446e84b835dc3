import fc from 'fast-check';
import type { LogRecord } from '#schemas/records/log-record.ts';

const MOST_RECORDS = 60;
const MOST_BOOTS = 12;

const someOf = (most: number) => fc.array(fc.nat({ max: most }), { maxLength: 4 });

const none = fc.constant<number[]>([]);
const noEnd = fc.constant(Number.POSITIVE_INFINITY);

/** Numbers of records, of boots with all that they say, or all from a number on, that have not arrived. */
const lostNumbers = fc.oneof(
  fc.record({ records: someOf(MOST_RECORDS), boots: none, from: noEnd }),
  fc.record({ records: none, boots: someOf(MOST_BOOTS), from: noEnd }),
  fc.record({ records: none, boots: none, from: fc.nat({ max: MOST_RECORDS }) }),
);

/** What is there of a log when some records, some whole boots or its end are still to come. */
export const withLosses = (log: readonly LogRecord[]): fc.Arbitrary<readonly LogRecord[]> =>
  lostNumbers.map(({ records, boots, from }) => {
    const names = [...new Set(log.map(({ boot }) => boot))];
    const gone = new Set(boots.map((number) => names[number]));
    return log.filter(
      ({ boot }, index) => index < from && !records.includes(index) && !gone.has(boot),
    );
  });
