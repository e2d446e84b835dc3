import type { Candidate } from '#core/playback/candidates.ts';
import type { Slot } from '#schemas/playlist.ts';
import type { Interval } from '#schemas/primitives.ts';
import {
  type EndedRecord,
  MAX_AUDIBLE_INTERVALS,
  type RecordBody,
} from '#schemas/records/log-record.ts';
import type { EndReason } from '#schemas/records/reasons.ts';

export type EndedBody = Extract<RecordBody, { kind: 'ended' }>;

/** What sounded of one item. Positions are of this boot. */
export interface Sound {
  readonly candidate: Candidate;
  readonly slot: Slot;
  readonly volume: number;
  readonly skipMs: number;
  readonly played: Interval;
  readonly audible: readonly Interval[];
  readonly outcome: EndedRecord['outcome'];
  readonly reason: EndReason | null;
  readonly measurement: EndedRecord['measurement'];
}

/** The record of an item that sounded, all that judging needs. Source: AIRTIME.md, 2. */
export const soundToEndedBody = (sound: Sound): EndedBody => {
  const { candidate, slot } = sound;
  const played = wholeMs(sound.played);
  return {
    kind: 'ended',
    session: candidate.id,
    playlist: candidate.playlist,
    slotOffsetMs: slot.offsetMs,
    skippedMs: Math.round(sound.skipMs),
    item: {
      kind: slot.kind,
      clip: slot.clip?.sha256 ?? null,
      durationMs: slot.durationMs,
      bulletin: slot.bulletin,
      campaigns: slot.campaigns,
      role: slot.role,
      priority: slot.priority,
    },
    drill: candidate.session.drill,
    played,
    audible: sound.volume === 0 ? [] : audibleInside(sound.audible, played),
    ...outcomeOf(sound),
    volume: sound.volume,
    measurement: sound.measurement,
    ...(candidate.repays !== null && { repays: candidate.repays }),
    ...(candidate.emergency !== undefined && { emergency: candidate.emergency }),
  };
};

const outcomeOf = (sound: Sound): Pick<EndedBody, 'outcome' | 'reason'> => {
  if (sound.volume === 0) return { outcome: 'none', reason: 'volumeZero' };
  if (sound.skipMs > 0 && sound.outcome === 'whole') {
    return { outcome: 'part', reason: 'joinedLate' };
  }
  return { outcome: sound.outcome, reason: sound.reason };
};

const wholeMs = (interval: Interval): Interval => ({
  fromMs: Math.max(0, Math.round(interval.fromMs)),
  toMs: Math.max(0, Math.round(interval.toMs)),
});

const audibleInside = (audible: readonly Interval[], played: Interval): Interval[] =>
  audible
    .map(wholeMs)
    .map(({ fromMs, toMs }) => ({
      fromMs: Math.max(fromMs, played.fromMs),
      toMs: Math.min(toMs, played.toMs),
    }))
    .filter(({ fromMs, toMs }) => toMs > fromMs)
    .slice(0, MAX_AUDIBLE_INTERVALS);
