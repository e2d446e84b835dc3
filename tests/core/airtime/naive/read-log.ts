import type { EndedRecord, LogRecord } from '#schemas/records/log-record.ts';

/** A sound with its date; `offsetMs` undefined when nothing dates it. */
export interface Sound {
  readonly record: EndedRecord;
  readonly boot: number;
  readonly offsetMs: number | undefined;
  readonly isFuture: boolean;
}

/** What the naive judge knows of a log: every question is answered by looking at all records. */
export interface ReadLog {
  readonly records: readonly LogRecord[];
  readonly boots: readonly number[];
  readonly offsets: readonly (number | undefined)[];
  readonly futures: readonly boolean[];
  readonly witnesses: readonly number[];
  readonly sounds: readonly Sound[];
}

/** Whether every number from one to the other is there. */
export const isWhole = (records: readonly LogRecord[], fromSeq: number, toSeq: number): boolean => {
  const there = new Set(records.map(({ seq }) => seq));
  for (let seq = fromSeq; seq <= toSeq; seq += 1) if (!there.has(seq)) return false;
  return true;
};

export const wallOf = (log: ReadLog, index: number): number =>
  (log.records[index]?.posMs ?? 0) + (log.offsets[index] ?? Number.NaN);

export const readLog = (arrived: readonly LogRecord[], nowMs: number): ReadLog => {
  const records = [...arrived].sort((a, b) => a.seq - b.seq);
  const boots = records.map((_, index) => bootNumber(records, index));
  const offsets = records.map((_, index) => offsetAt(records, boots, index));
  const futures = records.map((record, index) => {
    const last =
      record.kind === 'ended' ? Math.max(record.posMs, record.played.toMs) : record.posMs;
    return last + (offsets[index] ?? Number.NaN) > nowMs;
  });
  const isWitness = (record: LogRecord, index: number): boolean => {
    const offset = offsets[index];
    if (offset === undefined || futures[index]) return false;
    if (record.kind === 'ended' && record.drill) return false;
    return !records.some(
      (later, at) =>
        at > index &&
        boots[at] === boots[index] &&
        later.kind === 'clock' &&
        later.posMs + later.anchor.wallMs - later.anchor.posMs < record.posMs + offset,
    );
  };
  return {
    records,
    boots,
    offsets,
    futures,
    witnesses: [...records.keys()].filter((index) => {
      const record = records[index];
      return record !== undefined && isWitness(record, index);
    }),
    sounds: records.flatMap((record, index) =>
      record.kind === 'ended'
        ? [
            {
              record,
              boot: boots[index] ?? -1,
              offsetMs: offsets[index],
              isFuture: futures[index] ?? false,
            },
          ]
        : [],
    ),
  };
};

const bootNumber = (records: readonly LogRecord[], index: number): number =>
  records
    .slice(0, index + 1)
    .filter((record, at) => record.kind === 'boot' || record.boot !== records[at - 1]?.boot).length;

const offsetAt = (
  records: readonly LogRecord[],
  boots: readonly number[],
  index: number,
): number | undefined => {
  const own = records[index];
  const ofBoot = records.filter((_, at) => boots[at] === boots[index]);
  const anchors = ofBoot.flatMap((record) => (record.kind === 'clock' ? [record] : []));
  if (own === undefined) return undefined;
  const before = anchors.filter(({ seq }) => seq <= own.seq).at(-1);
  const after = anchors.find(({ seq }) => seq > own.seq);
  const first = ofBoot[0];
  if (before !== undefined) {
    if (!isWhole(records, before.seq, own.seq)) return undefined;
    return before.anchor.wallMs - before.anchor.posMs;
  }
  if (after === undefined || first?.kind !== 'boot') return undefined;
  if (!isWhole(records, first.seq, after.seq)) return undefined;
  return after.anchor.wallMs - after.anchor.posMs;
};
