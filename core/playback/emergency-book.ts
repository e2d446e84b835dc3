import type { Id } from '#schemas/primitives.ts';

/**
 * What a speaker remembers of one emergency, kept over restarts, so that nothing sounds twice.
 * Instants are epoch milliseconds.
 */
export interface BookedEmergency {
  readonly id: Id;
  /** `over` when every repeat has sounded, or when it was refused. */
  readonly state: 'open' | 'over' | 'cancelled';
  /** How many repeats have sounded. */
  readonly repeatsDone: number;
  /** When the repeat that is under way began; null between repeats. */
  readonly startMs: number | null;
  /** When the last repeat was over; null before. */
  readonly endedMs: number | null;
  /** The SHA-256 of the message that brought it; null where only its cancel has come. */
  readonly message: string | null;
  /** Whether the log says already that it is refused, or that it came again. */
  readonly isTold: boolean;
}

/** How many emergencies are remembered; what has expired is refused for that, also when forgotten. */
export const MAX_BOOKED_EMERGENCIES = 200;
/** How many wait or sound at a time. */
export const MAX_OPEN_EMERGENCIES = 20;
/** How many may be open where the next one cancels another: what is full can still be silenced. */
export const MAX_OPEN_WITH_CANCELS = 40;

/** An emergency that has just come. */
export const newlyBooked = (id: Id, message: string): BookedEmergency => ({
  id,
  state: 'open',
  repeatsDone: 0,
  startMs: null,
  endedMs: null,
  message,
  isTold: false,
});

/** The book with the entry put in or replaced; of those that are not open the oldest fall out. */
export const bookEmergency = (
  book: readonly BookedEmergency[],
  entry: BookedEmergency,
): readonly BookedEmergency[] => {
  const others = book.filter(({ id }) => id !== entry.id);
  const tooMany = others.length + 1 - MAX_BOOKED_EMERGENCIES;
  const closed = others.filter(({ state }) => state !== 'open');
  const forgotten = new Set(closed.slice(0, Math.max(0, tooMany)));
  return [...others.filter((other) => !forgotten.has(other)), entry];
};

/** The entry as it stands once a repeat is over. */
export const afterRepeat = (
  entry: BookedEmergency,
  { repeats, nowMs }: { readonly repeats: number; readonly nowMs: number },
): BookedEmergency => {
  const repeatsDone = entry.repeatsDone + 1;
  const state = repeatsDone >= repeats ? 'over' : entry.state;
  return { ...entry, state, repeatsDone, startMs: null, endedMs: nowMs };
};
