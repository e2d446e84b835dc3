import type { DayReconciliation, OutsideSound } from '#schemas/reconciliation.ts';
import type { SessionId } from '#schemas/session.ts';
import { lengthOf } from './intervals.ts';
import { airtimeMsOf } from './runs.ts';
import { firstHeardMs, isDated, isEmergency, type Sound } from './sounds.ts';

/** What was heard outside the plan, by number; `airtimeMs` is that of the dated ones, no drills. */
export interface OutsideSounds {
  readonly sounds: DayReconciliation['outside'];
  readonly airtimeMs: number;
}

/**
 * The sounds among these that were audible; those dated after the instant of asking are left out,
 * since they prove nothing. `planned` are the sessions of the speaker's playlists.
 */
export const outsideSounds = (
  sounds: readonly Sound[],
  planned: ReadonlySet<SessionId>,
): OutsideSounds => {
  const heard = sounds
    .filter(({ audible, afterInstant }) => audible.length > 0 && !afterInstant)
    .sort((a, b) => a.record.seq - b.record.seq);
  const counting = heard.filter((sound) => isDated(sound) && !sound.record.drill);
  return {
    sounds: heard.map((sound) => toOutsideSound(sound, planned)),
    airtimeMs: airtimeMsOf(counting),
  };
};

const toOutsideSound = (sound: Sound, planned: ReadonlySet<SessionId>): OutsideSound => {
  const { record, audible } = sound;
  return {
    seq: record.seq,
    session: record.session,
    why: whyOutside(sound, planned),
    bulletin: record.item.bulletin,
    clip: record.item.clip,
    drill: record.drill,
    startedMs: firstHeardMs(sound) ?? null,
    audibleMs: lengthOf(audible),
  };
};

const whyOutside = (sound: Sound, planned: ReadonlySet<SessionId>): OutsideSound['why'] => {
  const { session } = sound.record;
  if (isEmergency(sound)) return 'emergency';
  if (planned.has(session)) return 'unplannedItem';
  if (session.startsWith('h-')) return 'byHand';
  return session.startsWith('m-') ? 'makeGood' : 'unplannedSession';
};
