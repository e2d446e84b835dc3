import type { JudgedSpeaker } from '#core/airtime/judge-input.ts';
import type { Speaker } from '#schemas/entities/site.ts';
import type { LocalDay } from '#schemas/primitives.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { StoredFinding } from '../ports/store.ts';
import type { JudgeFacts } from './judge-facts.ts';
import { plannedSessions } from './planned-sessions.ts';
import { readLogWindow } from './read-log-window.ts';
import { staysOf } from './speaker-stays.ts';

/** A speaker as it is judged, and what an inspector must see of its log. */
export interface ReadLog {
  readonly judged: JudgedSpeaker;
  readonly findings: readonly StoredFinding[];
}

type Store = Pick<ServerPorts, 'store'>['store'];

/** The speaker's log and plans, as far as the days of the facts depend on them. */
export const readJudgedLog = async (
  store: Store,
  { table, zone }: Pick<JudgeFacts, 'table' | 'zone'>,
  speaker: Speaker,
): Promise<ReadLog> => {
  const { records, findings } = await readLogWindow(store, speaker.id, table[0]?.startMs ?? 0);
  const planned = await plannedSessions(store, speaker.id, daysOf(table));
  const stays = staysOf(speaker, zone, 1);
  return { judged: { speaker: speaker.id, stays, log: records, planned }, findings };
};

/** The days of a table. */
export const daysOf = (table: JudgeFacts['table']): readonly LocalDay[] =>
  table.map(({ day }) => day);
