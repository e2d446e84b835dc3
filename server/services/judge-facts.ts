import type { JudgeInput } from '#core/airtime/judge-input.ts';
import { canonicalJson } from '#core/canonical-json.ts';
import type { DayTable } from '#core/local-time.ts';
import { judgedSpan, spanToTable } from '#runtime/judged-table.ts';
import type { AirtimeCap } from '#schemas/airtime.ts';
import type { Speaker } from '#schemas/entities/site.ts';
import type { LocalDay } from '#schemas/primitives.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import { knownSite } from './known-site.ts';
import { unitToSpan } from './speaker-scope.ts';

/** All that verdicts of a day are made from, but the records, which are named by their number. */
export interface JudgeFacts {
  readonly key: string;
  readonly day: LocalDay;
  readonly nowMs: number;
  readonly zone: string;
  readonly table: DayTable;
  readonly speakers: readonly Speaker[];
  readonly caps: readonly AirtimeCap[];
  readonly rest: Pick<JudgeInput, 'rules' | 'units' | 'excuses' | 'locks'>;
}

/** The facts as they are now, for the week and the blocks of days that hold the day. */
export const readJudgeFacts = async (
  { store, clock }: Pick<ServerPorts, 'store' | 'clock'>,
  day: LocalDay,
): Promise<JudgeFacts> => {
  const { zone } = await knownSite(store);
  const [rules, caps, units, excuses, all] = await Promise.all([
    store.rules(),
    store.caps(),
    store.units(),
    store.excuses(),
    store.speakers(),
  ]);
  const speakers = all.filter(({ enrolledMs }) => enrolledMs !== null);
  const heads = await Promise.all(speakers.map(({ id }) => store.logHead(id)));
  const pointers = await Promise.all(speakers.map(({ id }) => store.pointerOf(id)));
  const found = await Promise.all(speakers.map(({ id }) => store.findings(id)));
  const revisions = pointers.map((pointer) => pointer?.revision ?? 0);
  const counts = found.map((findings) => findings.length);
  const key = canonicalJson([day, zone, rules, caps, units, excuses, speakers, revisions, counts]);
  return {
    key: `${key} ${heads.map(({ hash }) => hash).join(' ')}`,
    day,
    nowMs: Math.floor(clock.wallMs()),
    zone,
    table: spanToTable(zone, judgedSpan(day, rules)),
    speakers,
    caps,
    rest: { rules, units: units.map(unitToSpan), excuses, locks: [] },
  };
};
