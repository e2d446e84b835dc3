import { readLog } from '#core/airtime/as-run-log.ts';
import { pastToAiredDay } from '#core/plan/logged-occurrences.ts';
import type { AiredDay } from '#core/plan/plan-input.ts';
import { addDays, createDayTable } from '#runtime/day-table.ts';
import { daysIn, judgedSpan } from '#runtime/judged-table.ts';
import type { Playlist } from '#schemas/playlist.ts';
import type { Store } from '../ports/store.ts';
import { countsDays } from './counted-days.ts';
import { type PlanFacts, type PlannedSpeaker, planInput } from './plan-facts.ts';
import { playlistOn } from './planned-sessions.ts';
import { readLogWindow } from './read-log-window.ts';

export interface PastDaysInput {
  readonly facts: PlanFacts;
  readonly speaker: PlannedSpeaker & { readonly id: string };
  /** The document of this name; null where there is none. */
  readonly documentOf: (hash: string) => Promise<Playlist | null>;
}

/**
 * What the days before today have aired of the periods that hold today: by the speaker's log where it
 * accounts for the whole day, else as planned. Empty where no rule and no cap counts several days.
 * Source: docs/adr/0011-the-speaker-repays.md.
 */
export const readAiredDays = async (
  store: Pick<Store, 'pointerOf' | 'note' | 'logHead' | 'records' | 'findings'>,
  { facts, speaker, documentOf }: PastDaysInput,
): Promise<readonly AiredDay[]> => {
  const { site, yesterday, rules, nowMs } = facts;
  const today = addDays(yesterday, 1);
  const owed = rules.rulesOf(speaker, today);
  if (!countsDays(owed, rules.capsOf(speaker, today))) return [];
  const { from } = judgedSpan(today, owed);
  if (from > yesterday) return [];
  const table = createDayTable(site.zone, from, daysIn({ from, to: yesterday }));
  const { records } = await readLogWindow(store, speaker.id, table[0]?.startMs ?? 0);
  const log = readLog(speaker.id, records, nowMs);
  const aired: AiredDay[] = [];
  for (const row of table) {
    const hash = await playlistOn(store, speaker.id, row.day);
    const playlist = hash === undefined ? null : await documentOf(hash);
    const before = { played: [], last: null, previous: null, aired, exempting: [] };
    const input = planInput(facts, { speaker, day: row.day }, before);
    const found = pastToAiredDay({ input, row, playlist, log });
    if (found !== null) aired.push(found);
  }
  return aired;
};
