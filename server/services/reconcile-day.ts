import { reconcile } from '#core/airtime/reconcile.ts';
import { createDayTable } from '#runtime/day-table.ts';
import { playlistSchema } from '#schemas/playlist.ts';
import type { LocalDay } from '#schemas/primitives.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import type { DayReconciliation } from '#schemas/reconciliation.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import { knownSite } from './known-site.ts';
import { playlistOn } from './planned-sessions.ts';
import { readLogWindow } from './read-log-window.ts';

/** The most speakers of one answer. */
export const MAX_RECONCILED_SPEAKERS = 50;

export interface WantedReconciliation {
  readonly day: LocalDay;
  readonly speaker?: string | undefined;
  /** Only speakers whose ids come after this one. */
  readonly after?: string | undefined;
}

/** The days of some speakers; `next` is what to ask `after` for more, null when there is none. */
export interface DescribedReconciliation {
  readonly days: readonly DayReconciliation[];
  /** Speakers that were told no playlist for the day. */
  readonly unplanned: readonly string[];
  readonly next: string | null;
}

/**
 * What speakers were told to play on a day beside what their logs say, slot by slot: of one speaker,
 * or of the first `MAX_RECONCILED_SPEAKERS` by id that ever had a log. A day for which a speaker was
 * told nothing is held against an empty playlist, so that what sounded is shown outside the plan.
 * Errors: unknownSpeaker. Source: AIRTIME.md, 2 and 4.
 */
export const reconcileDay = async (
  { store, clock }: Pick<ServerPorts, 'store' | 'clock'>,
  wanted: WantedReconciliation,
): Promise<Result<DescribedReconciliation, ProblemOf<'unknownSpeaker'>>> => {
  const known = (await store.speakers()).filter(({ enrolledMs }) => enrolledMs !== null);
  const asked = known
    .filter(({ id }) => id === (wanted.speaker ?? id) && id > (wanted.after ?? ''))
    .slice(0, MAX_RECONCILED_SPEAKERS + 1);
  if (wanted.speaker !== undefined && asked.length === 0) {
    return refuse({ code: 'unknownSpeaker', speaker: wanted.speaker });
  }
  const site = await knownSite(store);
  const table = createDayTable(site.zone, wanted.day, 1);
  const shown = asked.slice(0, MAX_RECONCILED_SPEAKERS);
  const nowMs = Math.floor(clock.wallMs());
  const days: DayReconciliation[] = [];
  const unplanned: string[] = [];
  for (const { id } of shown) {
    const name = await playlistOn(store, id, wanted.day);
    const stored = name === undefined ? undefined : await store.playlistBySha256(name);
    if (stored === undefined) unplanned.push(id);
    const playlist =
      stored === undefined
        ? { v: 1 as const, site: site.slug, day: wanted.day, sessions: [] }
        : playlistSchema.parse(JSON.parse(stored.text));
    const { records } = await readLogWindow(store, id, table[0]?.startMs ?? 0);
    const planned = [{ day: wanted.day, name: stored?.sha256 ?? NO_PLAYLIST, playlist }];
    const speakers = [{ speaker: id, days: planned, log: records }];
    days.push(...reconcile({ table, speakers, nowMs }).days);
  }
  const next = asked.length > shown.length ? (shown.at(-1)?.id ?? null) : null;
  return ok({ days, unplanned, next });
};

/** Names no document. */
const NO_PLAYLIST = '0'.repeat(64);
