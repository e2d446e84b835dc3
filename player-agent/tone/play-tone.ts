import type { Candidate } from '#core/playback/candidates.ts';
import { slotRefusal } from '#core/playback/interlocks.ts';
import { LOAD_LEAD_MS } from '#core/playback/segment.ts';
import type { ClipReference, Slot } from '#schemas/playlist.ts';
import type { Id } from '#schemas/primitives.ts';
import { handSessionId } from '#schemas/session.ts';
import { locksOf } from '../session/decide-now.ts';
import type { DirectorPorts } from '../session/director-ports.ts';
import type { Performer } from '../session/performer.ts';
import type { Silence, View } from '../session/view.ts';

/** No session may begin so soon after the tone, in milliseconds. */
const CLEAR_MS = 30_000;

/** What came of the wish to hear the test tone. */
export type ToneAnswer = 'toneSounds' | 'toneBusy' | 'toneForbidden' | 'toneNotReady';

export interface ToneInput {
  readonly seen: View | Silence;
  readonly open: readonly Candidate[];
  readonly clip: ClipReference;
  /** Names the session. */
  readonly id: Id;
}

/**
 * Lets the tone sound as a drill, once the amplifier is warm, if nothing else sounds or is about to.
 * Quiet hours and every other interlock hold for it. It earns no airtime.
 */
export const playTone = (
  { seen, open, clip, id }: ToneInput,
  performer: Performer,
  ports: DirectorPorts,
): ToneAnswer => {
  if (typeof seen === 'string') return 'toneNotReady';
  const startMs = seen.nowMs + LOAD_LEAD_MS + (ports.amplifier?.leadMs ?? 0);
  const endMs = startMs + clip.durationMs;
  const isAhead = (one: Candidate) => one.startMs < endMs + CLEAR_MS && one.endMs > seen.nowMs;
  const isBusy = performer.candidate() !== null || ports.emergencies.open().length > 0;
  if (isBusy || open.some(isAhead)) return 'toneBusy';
  const slot = slotOf(clip);
  const before = performer.continuous(seen.anchor);
  const sound = { fromMs: startMs, toMs: endMs };
  const locks = locksOf(seen, ports, seen.cautionMs);
  if (slotRefusal(slot, { sound, before }, locks) !== null) return 'toneForbidden';
  const candidate: Candidate = {
    id: handSessionId(startMs, id),
    session: {
      ...{ id: null, startMs, latestStartMin: 0, drill: true, priority: 'normal', volume: null },
      slots: [slot],
    },
    ...{ startMs, endMs, playlist: null, order: null, begun: true, repays: null },
  };
  performer.begin({ candidate, segment: { items: [slot], startMs, skipMs: 0 } }, seen);
  return 'toneSounds';
};

/** A tone has no validity dates, however uncertain the time is. */
const slotOf = (clip: ClipReference): Slot => ({
  ...{ offsetMs: 0, durationMs: clip.durationMs, kind: 'clip', clip, bulletin: null },
  ...{ campaigns: [], role: 'ident', priority: 'normal' },
  ...{ validFromMs: 0, expiresMs: Number.MAX_SAFE_INTEGER },
});
