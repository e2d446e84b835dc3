import type { Candidate } from '#core/playback/candidates.ts';
import { afterSound, slotRefusal } from '#core/playback/interlocks.ts';
import { LOAD_LEAD_MS, slotLengthMs } from '#core/playback/segment.ts';
import type { Slot } from '#schemas/playlist.ts';
import type { Id, Sha256 } from '#schemas/primitives.ts';
import { handSessionId } from '#schemas/session.ts';
import { locksOf } from '../session/decide-now.ts';
import type { DirectorPorts } from '../session/director-ports.ts';
import type { Performer } from '../session/performer.ts';
import type { Silence, View } from '../session/view.ts';

/** No session may begin so soon after what sounds at the box, in milliseconds. */
const CLEAR_MS = 30_000;

/** What came of a technician's wish to hear something. */
export type AtBox = 'Sounds' | 'Busy' | 'Forbidden' | 'NotReady';

export interface AtBoxInput {
  readonly seen: View | Silence;
  readonly open: readonly Candidate[];
  /** One after the other; what they are called in a playlist, if they stand in one. */
  readonly slots: readonly Slot[];
  readonly playlist: Sha256 | null;
  /** Names the session. */
  readonly id: Id;
}

/**
 * Lets the items sound as a drill, once the amplifier is warm, if nothing else sounds or is about to.
 * Quiet hours and every other interlock hold for each of them. They earn no airtime.
 */
export const playAtBox = (
  { seen, open, slots, playlist, id }: AtBoxInput,
  performer: Performer,
  ports: DirectorPorts,
): AtBox => {
  if (typeof seen === 'string') return 'NotReady';
  const startMs = seen.nowMs + LOAD_LEAD_MS + (ports.amplifier?.leadMs ?? 0);
  const endMs = slots.reduce((sum, slot) => sum + slotLengthMs(slot), startMs);
  const isAhead = (one: Candidate) => one.startMs < endMs + CLEAR_MS && one.endMs > seen.nowMs;
  const isBusy = performer.candidate() !== null || ports.emergencies.open().length > 0;
  if (isBusy || open.some(isAhead)) return 'Busy';
  const locks = locksOf(seen, ports, seen.cautionMs);
  let before = performer.continuous(seen.anchor);
  let fromMs = startMs;
  for (const slot of slots) {
    const sound = { fromMs, toMs: fromMs + slotLengthMs(slot) };
    const reason = slotRefusal(slot, { sound, before }, locks);
    if (reason !== null) return reason === 'clipMissing' ? 'NotReady' : 'Forbidden';
    before = afterSound(before, sound);
    fromMs = sound.toMs;
  }
  const candidate: Candidate = {
    id: handSessionId(startMs, id),
    session: {
      ...{ id: null, startMs, latestStartMin: 0, drill: true, priority: 'normal', volume: null },
      slots: [...slots],
    },
    ...{ startMs, endMs, playlist, order: null, begun: true, repays: null },
  };
  performer.begin({ candidate, segment: { items: [...slots], startMs, skipMs: 0 } }, seen);
  return 'Sounds';
};
