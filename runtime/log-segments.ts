/** The name under which the signed start of a log lies beside its segments. */
export const LOG_START_NAME = 'start.json';

/** The name of the one file that a log was before it had segments. */
export const SINGLE_LOG_NAME = 'records.ndjson';

const SEQ_DIGITS = 12;
const SEGMENT_NAME = /^records-(\d{12})\.ndjson$/;

/** The name of the segment that begins with a record; names sort as their records do. */
export const segmentName = (firstSeq: number): string =>
  `records-${String(firstSeq).padStart(SEQ_DIGITS, '0')}.ndjson`;

/** The number with which a segment of this name begins; undefined when it is no segment. */
export const segmentFirstSeq = (name: string): number | undefined => {
  const digits = SEGMENT_NAME.exec(name)?.[1];
  const firstSeq = digits === undefined ? 0 : Number(digits);
  return firstSeq >= 1 ? firstSeq : undefined;
};
