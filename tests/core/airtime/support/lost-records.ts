import fc from 'fast-check';
import type { LogRecord } from '#schemas/records/log-record.ts';

const MOST_RECORDS = 60;
const MOST_BOOTS = 12;

const someOf = (most: number) => fc.array(fc.nat({ max: most }), { maxLength: 4 });

/** Numbers of records, or of boots with all that they say, that have not arrived. */
const lostNumbers = fc.oneof(
  fc.record({ records: someOf(MOST_RECORDS), boots: fc.constant<number[]>([]) }),
  fc.record({ records: fc.constant<number[]>([]), boots: someOf(MOST_BOOTS) }),
);

/** What is there of a log when some records and some whole boots are still to come. */
export const withLosses = (log: readonly LogRecord[]): fc.Arbitrary<readonly LogRecord[]> =>
  lostNumbers.map(({ records, boots }) => {
    const names = [...new Set(log.map(({ boot }) => boot))];
    const gone = new Set(boots.map((number) => names[number]));
    return log.filter(({ boot }, index) => !records.includes(index) && !gone.has(boot));
  });
