import type { ClipReference, Slot } from '#schemas/playlist.ts';
import type { DirectorPorts } from '../session/director-ports.ts';
import type { Performer } from '../session/performer.ts';
import { type AtBox, type AtBoxInput, playAtBox } from './play-at-box.ts';

/** What came of the wish to hear the test tone. */
export type ToneAnswer = `tone${AtBox}`;

/** Lets the tone sound at the box. */
export const playTone = (
  { clip, ...rest }: Omit<AtBoxInput, 'slots' | 'playlist'> & { readonly clip: ClipReference },
  performer: Performer,
  ports: DirectorPorts,
): ToneAnswer =>
  `tone${playAtBox({ ...rest, slots: [slotOf(clip)], playlist: null }, performer, ports)}`;

/** A tone has no validity dates, however uncertain the time is. */
const slotOf = (clip: ClipReference): Slot => ({
  ...{ offsetMs: 0, durationMs: clip.durationMs, kind: 'clip', clip, bulletin: null },
  ...{ campaigns: [], role: 'ident', priority: 'normal' },
  ...{ validFromMs: 0, expiresMs: Number.MAX_SAFE_INTEGER },
});
