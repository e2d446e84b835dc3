import type { Session, Slot } from '#schemas/playlist.ts';
import type { Interval } from '#schemas/primitives.ts';
import { sessionEndMs } from './build-session.ts';
import { type PlanInput, SETTLED_LEAD_MS } from './plan-input.ts';

/** What of the playlist before stays, and from when on new sessions may begin. */
export interface Kept {
  readonly sessions: readonly Session[];
  /** No new session begins before this instant. */
  readonly openFromMs: number;
}

/** Whether a slot may still be played as it stands: released, the same bytes, valid throughout. */
export const stillStands = (input: PlanInput, startMs: number) => {
  const released = new Map(input.bulletins.map((bulletin) => [bulletin.id, bulletin]));
  const ofProgramme = new Set(input.programmes.map(({ sound }) => sound?.bulletin));
  return (slot: Slot): boolean => {
    if (slot.role !== 'bulletin' || slot.bulletin === null || ofProgramme.has(slot.bulletin)) {
      return true;
    }
    const bulletin = released.get(slot.bulletin);
    const fromMs = startMs + slot.offsetMs;
    return (
      bulletin !== undefined &&
      bulletin.clip.sha256 === slot.clip?.sha256 &&
      bulletin.validFromMs <= fromMs &&
      fromMs + slot.durationMs <= bulletin.expiresMs
    );
  };
};

const closeUp = (slots: readonly Slot[]): Slot[] => {
  let offsetMs = 0;
  return slots.map((slot) => {
    const moved = { ...slot, offsetMs };
    offsetMs += slot.durationMs;
    return moved;
  });
};

/** A session that has begun, without what was withdrawn before it came to sound. */
const keepBegun = (session: Session, input: PlanInput): Session[] => {
  const startMs = session.startMs ?? 0;
  const stands = stillStands(input, startMs);
  const slots = session.slots.filter(
    (slot) => startMs + slot.offsetMs + slot.durationMs <= input.nowMs || stands(slot),
  );
  if (slots.length === session.slots.length) return [session];
  return slots.length === 0 ? [] : [{ ...session, slots: closeUp(slots) }];
};

const mayBegin = (session: Session, input: PlanInput, silent: readonly Interval[]): boolean => {
  const startMs = session.startMs ?? 0;
  const endMs = sessionEndMs(session);
  return (
    session.slots.every(stillStands(input, startMs)) &&
    !silent.some((each) => each.fromMs < endMs && each.toMs > startMs)
  );
};

/**
 * The sessions of `previous` that have begun or begin within `SETTLED_LEAD_MS`, as they are. One
 * that holds a withdrawn or expired bulletin loses it when it has begun, and is planned anew, from
 * its own start on, when it has not; so is one that would now sound in `silent` times.
 * Source: AIRTIME.md, 5 ("are not moved, except by withdrawal, emergency or a cap").
 */
export const keepSessions = (input: PlanInput, silent: readonly Interval[]): Kept => {
  const settledMs = input.nowMs + SETTLED_LEAD_MS;
  const sessions: Session[] = [];
  let openFromMs = settledMs;
  const before = input.previous?.day === input.day ? input.previous.sessions : [];
  for (const session of before) {
    const startMs = session.startMs;
    if (startMs === null || startMs >= settledMs) continue;
    if (startMs <= input.nowMs) sessions.push(...keepBegun(session, input));
    else if (mayBegin(session, input, silent)) sessions.push(session);
    else openFromMs = Math.min(openFromMs, startMs);
  }
  return { sessions, openFromMs };
};
