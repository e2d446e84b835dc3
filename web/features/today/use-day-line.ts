import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import type { Bulletin } from '#schemas/entities/bulletin.ts';
import type { Health } from '#schemas/health.ts';
import { bulletinsQuery, healthQuery } from '../../shared/api/queries.ts';
import { useLocalTimes } from '../../shared/local-time.ts';
import { useNow } from '../../shared/use-now.ts';
import { dayLine, type NowPlaying } from './day-line.ts';
import { dayLogQuery, dayVerdictsQuery, planQuery } from './day-queries.ts';
import { type RepaidEntry, withMakeGoods } from './make-good-line.ts';

const MS_PER_HOUR = 3_600_000;
/** The longest local day, and a clock that is a little behind. */
const MAX_DAY_MS = 26 * MS_PER_HOUR;

/** A speaker as it stands now, and its day. */
export interface SpeakerDay {
  readonly isOnline: boolean;
  /** Nothing of what it plays is heard. */
  readonly isSilent: boolean;
  readonly waitingUntilMs: number | null;
  readonly entries: readonly RepaidEntry[];
  /** Since when, in epoch milliseconds, the server has heard of it or lost it; null when never. */
  readonly heardMs: number | null;
}

const nowPlaying = (
  playing: Health['playing'],
  bulletins: readonly Bulletin[],
): NowPlaying | null => {
  if (playing === null) return null;
  const { session, clip, drill } = playing;
  const bulletin = bulletins.find((one) => one.clip === clip && one.releasedMs !== null);
  return { session, drill, bulletin: bulletin?.id ?? null };
};

/** Today of one speaker, from its plan, its log and the verdicts; moves by itself. */
export const useSpeakerDay = (speaker: string): SpeakerDay => {
  const times = useLocalTimes();
  const nowMs = useNow();
  const today = times.day(nowMs);
  const { data: health } = useSuspenseQuery(healthQuery(speaker));
  const { data: bulletins } = useSuspenseQuery(bulletinsQuery);
  const { data: plans } = useSuspenseQuery(planQuery(speaker, today));
  const { data: records } = useSuspenseQuery(dayLogQuery(speaker, Date.parse(today) - MAX_DAY_MS));
  // Judging takes longer than reading; the line does not wait for it.
  const { data: verdicts } = useQuery(dayVerdictsQuery(today));
  const facts = {
    nowMs,
    isToday: (instantMs: number) => times.day(instantMs) === today,
    playlist: plans[0]?.days.find(({ day }) => day === today)?.playlist ?? null,
    records: records.map(({ record }) => record),
    playing: health.online ? nowPlaying(health.health?.playing ?? null, bulletins) : null,
    evidence: (verdicts?.verdicts ?? [])
      .filter((verdict) => verdict.speaker === speaker)
      .flatMap(({ sessions }) => sessions),
  };
  return {
    isOnline: health.online,
    isSilent: health.health?.isSilent ?? false,
    waitingUntilMs: health.health?.waitingUntilMs ?? null,
    heardMs: health.presenceMs,
    entries: withMakeGoods(dayLine(facts), facts, health.health?.makeGoods ?? []),
  };
};
