import { writeFile } from 'node:fs/promises';
import * as z from 'zod';
import { verifyLogFile } from '#runtime/verify-log-file.ts';
import { playlistSchema } from '#schemas/playlist.ts';
import type { Interval } from '#schemas/primitives.ts';
import type { Anchor } from '#schemas/records/clock-state.ts';
import { type EndedRecord, type LogRecord, logRecordSchema } from '#schemas/records/log-record.ts';
import { type Verdict, verdictSchema } from '#schemas/verdict.ts';
import type { ApiCaller } from './api-caller.ts';

/** The largest page of a log. */
const PAGE = 200;

const logSchema = z.looseObject({
  publicKey: z.string(),
  head: z.looseObject({ seq: z.int() }),
  findings: z.array(z.unknown()),
  records: z.array(
    z.looseObject({
      seq: z.int(),
      receivedMs: z.number(),
      signature: z.string(),
      chain: z.string(),
      record: logRecordSchema,
    }),
  ),
});

/** A record as the server tells it. */
export type ToldRecord = z.infer<typeof logSchema>['records'][number];

/** A speaker's whole log as the server tells it, ascending. */
export interface ToldLog {
  readonly publicKey: string;
  readonly findings: readonly unknown[];
  readonly records: readonly ToldRecord[];
}

/** Reads the log page by page, from its end to its beginning. */
export const readLog = async (reader: ApiCaller, speaker: string): Promise<ToldLog> => {
  let records: ToldRecord[] = [];
  let before: number | undefined;
  for (;;) {
    const query = before === undefined ? '' : `&before=${before}`;
    const path = `/api/speakers/${speaker}/log?limit=${PAGE}${query}`;
    const page = logSchema.parse(await reader.get(path));
    records = [...page.records, ...records];
    before = records[0]?.seq ?? 1;
    if (before <= 1) return { publicKey: page.publicKey, findings: page.findings, records };
  }
};

/** The log as a file, checked as `tieng-lang verify` does; the number of its records. */
export const verifyExport = async (
  reader: ApiCaller,
  { speaker, path, publicKey }: { speaker: string; path: string; publicKey: string },
): Promise<number> => {
  const lines = await reader.text(`/api/speakers/${speaker}/log/export`);
  await writeFile(path, lines);
  const verified = await verifyLogFile(path, publicKey);
  if (!verified.ok) throw new Error(JSON.stringify(verified.problem));
  return lines.trimEnd().split('\n').length;
};

/** A broadcast of a log, dated by its boot's first anchor. Instants are epoch milliseconds. */
export interface Logged {
  readonly seq: number;
  readonly record: EndedRecord;
  readonly fromMs: number;
  readonly toMs: number;
  readonly audible: readonly { readonly fromMs: number; readonly toMs: number }[];
  readonly audibleMs: number;
  /** How far the boot's anchor may be off. */
  readonly uncertaintyMs: number;
}

/** Every broadcast of the log in its order; throws where a boot was never anchored. */
export const loggedBroadcasts = (records: readonly LogRecord[]): Logged[] => {
  const anchorByBoot = new Map<string, Anchor>();
  for (const record of records) {
    if (record.kind !== 'clock' || anchorByBoot.has(record.boot)) continue;
    anchorByBoot.set(record.boot, record.anchor);
  }
  return records.flatMap((record) => {
    if (record.kind !== 'ended') return [];
    const anchor = anchorByBoot.get(record.boot);
    if (anchor === undefined) throw new Error(`boot ${record.boot} is not dated`);
    const dated = ({ fromMs, toMs }: Interval) => ({
      fromMs: fromMs + anchor.wallMs - anchor.posMs,
      toMs: toMs + anchor.wallMs - anchor.posMs,
    });
    const audible = record.audible.map(dated);
    const audibleMs = audible.reduce((sum, each) => sum + each.toMs - each.fromMs, 0);
    const { uncertaintyMs } = anchor;
    return [
      { seq: record.seq, record, ...dated(record.played), audible, audibleMs, uncertaintyMs },
    ];
  });
};

const plansSchema = z.array(
  z.looseObject({
    revision: z.int(),
    days: z.array(
      z.looseObject({
        day: z.string(),
        playlist: playlistSchema.nullable(),
        problems: z.array(z.unknown()),
        shortfalls: z.array(z.unknown()),
      }),
    ),
  }),
);

/** A slot as it is planned, at its instant. */
export interface PlannedSlot {
  readonly session: string;
  readonly clip: string;
  readonly bulletin: string | null;
  readonly atMs: number;
  readonly durationMs: number;
}

/** What a speaker is to play on a day, slot by slot; empty while nothing is planned. */
export const plannedSlots = async (
  reader: ApiCaller,
  speaker: string,
  day: string,
): Promise<PlannedSlot[]> => {
  const plans = plansSchema.parse(await reader.get(`/api/plans?speaker=${speaker}&day=${day}`));
  const sessions = plans[0]?.days[0]?.playlist?.sessions ?? [];
  return sessions.flatMap(({ id, startMs, slots }) =>
    slots.map(({ clip, bulletin, offsetMs, durationMs }) => ({
      session: id ?? '',
      clip: clip?.sha256 ?? '',
      bulletin,
      atMs: (startMs ?? 0) + offsetMs,
      durationMs,
    })),
  );
};

/** The verdict of the rule for one speaker and day. */
export const verdictOf = async (
  reader: ApiCaller,
  { rule, speaker, day }: { rule: string; speaker: string; day: string },
): Promise<Verdict> => {
  const judged = z
    .looseObject({ verdicts: z.array(verdictSchema) })
    .parse(await reader.get(`/api/verdicts?day=${day}`));
  const found = judged.verdicts.find((each) => each.rule === rule && each.speaker === speaker);
  if (found === undefined) throw new Error(`no verdict of ${rule} on ${day}`);
  return found;
};
