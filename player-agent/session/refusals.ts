import type { Candidate } from '#core/playback/candidates.ts';
import type { SlotRefusal } from '#core/playback/segment.ts';
import type { EndReason, RefusalReason } from '#schemas/records/reasons.ts';
import type { RefusedBody } from '../log/refusal-book.ts';

/** Something was refused that is neither an item nor a session that is known by its id. */
export const refusalOf = (what: RefusedBody['what'], reason: RefusalReason): RefusedBody => ({
  kind: 'refused',
  what,
  reason,
  session: null,
  clip: null,
  bulletin: null,
});

/** A session was refused, whole or in one respect. */
export const sessionRefusal = (candidate: Candidate, reason: RefusalReason): RefusedBody => ({
  ...refusalOf('session', reason),
  session: candidate.id,
});

/**
 * One item of a session was refused. What is wrong with the hour is told of the session, so that a
 * night's session of five hundred items is one record.
 */
export const itemRefusal = (
  candidate: Candidate,
  { slot, reason }: Pick<SlotRefusal, 'slot' | 'reason'>,
): RefusedBody =>
  reason === 'quietHours' || reason === 'continuousAirtime'
    ? sessionRefusal(candidate, reason)
    : {
        ...refusalOf('item', reason),
        session: candidate.id,
        clip: slot.clip?.sha256 ?? null,
        bulletin: slot.bulletin,
      };

/** How a broadcast ends whose list may not go on for this reason. */
export const refusalToEndReason = (reason: RefusalReason): EndReason => {
  if (reason === 'quietHours' || reason === 'withdrawn' || reason === 'continuousAirtime') {
    return reason;
  }
  // What was valid when it began is not any more: the clock was moved under it.
  return 'clockLost';
};
