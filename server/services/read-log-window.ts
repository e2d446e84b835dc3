import type { LogRecord } from '#schemas/records/log-record.ts';
import { MAX_LIST, type Store, type StoredFinding } from '../ports/store.ts';

/** What a signed contradiction is called: the log counts as ending before it. Source: AIRTIME.md, 2. */
const ENDING: ReadonlySet<string> = new Set(['sequenceConflict', 'chainBroken']);

/** The first number that does not count any more, because the speaker signed a contradiction there. */
export const logEndsBefore = (findings: readonly StoredFinding[]): number =>
  Math.min(
    Number.POSITIVE_INFINITY,
    ...findings.filter(({ code }) => ENDING.has(code)).map(({ seq }) => seq),
  );

export interface LogWindow {
  readonly records: readonly LogRecord[];
  readonly findings: readonly StoredFinding[];
}

/**
 * A speaker's records, ascending, from the beginning of a boot that was anchored before `fromMs`
 * (from record 1 where there is none) up to the log's end, or to before the first signed
 * contradiction. What lies further back cannot touch a day that begins at `fromMs` or later.
 */
export const readLogWindow = async (
  store: Pick<Store, 'logHead' | 'records' | 'findings'>,
  speaker: string,
  fromMs: number,
): Promise<LogWindow> => {
  const [head, findings] = await Promise.all([store.logHead(speaker), store.findings(speaker)]);
  let to = Math.min(head.seq, logEndsBefore(findings) - 1);
  let records: LogRecord[] = [];
  while (to >= 1) {
    const from = Math.max(1, to - MAX_LIST + 1);
    const page = await store.records(speaker, from, to);
    records = [...page.map(({ record }) => record), ...records];
    const start = lastBootAnchoredBefore(records, fromMs);
    if (start >= 0) return { records: records.slice(start), findings };
    to = from - 1;
  }
  return { records, findings };
};

/** Where the last boot begins that has an anchor before the instant; -1 when none of these has. */
const lastBootAnchoredBefore = (records: readonly LogRecord[], fromMs: number): number => {
  const anchored = new Set<string>();
  for (let index = records.length - 1; index >= 0; index -= 1) {
    const record = records[index];
    if (record?.kind === 'clock' && record.anchor.wallMs < fromMs) anchored.add(record.boot);
    if (record?.kind === 'boot' && anchored.has(record.boot)) return index;
  }
  return -1;
};
