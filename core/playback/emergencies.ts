import type { Emergency } from '#schemas/evidence.ts';
import type { Playlist, Session, Slot } from '#schemas/playlist.ts';
import type { Id, Sha256 } from '#schemas/primitives.ts';
import type { RefusalReason } from '#schemas/records/reasons.ts';
import { handSessionId } from '#schemas/session.ts';
import type { Candidate } from './candidates.ts';
import type { BookedEmergency } from './emergency-book.ts';
import { type Continuous, type Interlocks, slotRefusal } from './interlocks.ts';
import { type Segment, type SlotRefusal, sessionEndMs, slotLengthMs } from './segment.ts';

/** Silence between two repeats, so that listeners hear where it begins again, in milliseconds. */
export const REPEAT_PAUSE_MS = 5_000;

/** Whom a speaker takes itself for. */
export interface Addressee {
  readonly site: string;
  readonly speaker: Id;
  /** Its unit and those above it. */
  readonly units: readonly Id[];
}

/** Whether the emergency is meant for this speaker. Source: schemas/evidence.ts. */
export const isMeantFor = (
  emergency: Pick<Emergency, 'site' | 'units' | 'speakers'>,
  { site, speaker, units }: Addressee,
): boolean =>
  emergency.site === site &&
  (emergency.speakers.includes(speaker) || units.some((unit) => emergency.units.includes(unit)));

/** Real ones go before drills, of the same kind the newest before the others. */
export const byUrgency = (
  a: Pick<Emergency, 'id' | 'drill'>,
  b: Pick<Emergency, 'id' | 'drill'>,
): number => Number(a.drill) - Number(b.drill) || (a.id < b.id ? 1 : -1);

export interface RepeatInput {
  readonly emergency: Emergency;
  readonly entry: BookedEmergency;
  readonly documents: ReadonlyMap<Sha256, Playlist>;
  readonly nowMs: number;
  readonly uncertaintyMs: number;
  /** As for everything else; quiet hours in it are passed over. */
  readonly locks: Interlocks;
  /** The volume for an emergency that names none. */
  readonly maxVolume: number;
  /** Items that begin earlier in the repeat are done, in milliseconds from its start. */
  readonly reachedMs: number;
  /** Whether the repeat sounds or is loaded now: then it is let out to its end. */
  readonly isSounding: boolean;
}

/** What is to be done about an emergency that is meant for this speaker. */
export type Repeat =
  /** To be loaded now, to sound from `segment.startMs` on. */
  | { readonly kind: 'play'; readonly candidate: Candidate; readonly segment: Segment }
  /** A repeat is over. */
  | { readonly kind: 'done' }
  /** Its list or a clip is still on its way. */
  | { readonly kind: 'incomplete' }
  /** It never sounds (again); the reason, or null when some of it has sounded. */
  | { readonly kind: 'end'; readonly reason: RefusalReason | null };

/** What comes of the emergency, with the items that may not sound. */
export interface RepeatDecision {
  readonly repeat: Repeat;
  readonly refusals: readonly { readonly candidate: Candidate; readonly refusal: SlotRefusal }[];
}

/**
 * The next repeat of an emergency. It sounds at once, also in quiet hours; every other interlock
 * holds. A repeat that was cut goes on with the item at which it was cut. Nothing of it begins when
 * the emergency may have expired. Source: DESIGN.md, the way of a broadcast, 5; ADR 0015.
 */
export const decideRepeat = (input: RepeatInput): RepeatDecision => {
  const { emergency, entry, nowMs } = input;
  const document =
    emergency.playlist === null ? undefined : input.documents.get(emergency.playlist);
  const session = document?.sessions[0];
  const missing = missingOf(document, input.locks);
  const hasBegun = entry.repeatsDone > 0 || entry.startMs !== null;
  if (!input.isSounding && nowMs + input.uncertaintyMs >= emergency.expiresMs) {
    return only({ kind: 'end', reason: hasBegun ? null : (missing ?? 'expired') });
  }
  if (session === undefined || missing !== null) return only({ kind: 'incomplete' });
  const pausedUntilMs = entry.endedMs === null ? nowMs : entry.endedMs + REPEAT_PAUSE_MS;
  const startMs = Math.max(nowMs, pausedUntilMs);
  const candidate = toCandidate(input, session, entry.startMs ?? startMs);
  const left = candidate.session.slots.filter(({ offsetMs }) => offsetMs >= input.reachedMs);
  if (left.length === 0) return only({ kind: 'done' });
  const { items, refusals } = permitted(left, startMs, input.locks);
  const told = refusals.map((refusal) => ({ candidate, refusal }));
  if (items.length > 0) {
    const segment = { items, startMs, skipMs: 0 };
    return { repeat: { kind: 'play', candidate, segment }, refusals: told };
  }
  const reason = hasBegun ? null : (refusals[0]?.reason ?? 'badMessage');
  return { repeat: { kind: 'end', reason }, refusals: told };
};

const only = (repeat: Repeat): RepeatDecision => ({ repeat, refusals: [] });

const missingOf = (document: Playlist | undefined, locks: Interlocks): RefusalReason | null => {
  if (document === undefined) return 'documentMissing';
  const clips = document.sessions[0]?.slots.flatMap(({ clip }) => clip ?? []) ?? [];
  return clips.every(({ sha256 }) => locks.hasClip(sha256)) ? null : 'clipMissing';
};

/** In the log it stands as what it is, whatever priority its list was made with. */
const toCandidate = (
  { emergency, maxVolume }: RepeatInput,
  list: Session,
  startMs: number,
): Candidate => {
  const session: Session = {
    ...list,
    drill: emergency.drill,
    priority: 'emergency',
    volume: emergency.volume ?? maxVolume,
    slots: list.slots.map((slot) => ({ ...slot, priority: 'emergency' })),
  };
  return {
    id: handSessionId(startMs, emergency.id),
    session,
    startMs,
    endMs: sessionEndMs(session, startMs),
    playlist: emergency.playlist,
    order: null,
    begun: true,
    repays: null,
    emergency: emergency.id,
  };
};

/** What sounded before an emergency does not silence it: its airtime counts from its own start. */
const permitted = (
  slots: readonly Slot[],
  fromMs: number,
  { quiet: _, ...locks }: Interlocks,
): { readonly items: readonly Slot[]; readonly refusals: readonly SlotRefusal[] } => {
  const items: Slot[] = [];
  const refusals: SlotRefusal[] = [];
  let before: Continuous = null;
  let dueMs = fromMs;
  for (const slot of slots) {
    const sound = { fromMs: dueMs, toMs: dueMs + slotLengthMs(slot) };
    const reason = slotRefusal(slot, { sound, before }, { ...locks, quiet: [] });
    if (reason !== null) refusals.push({ slot, reason, dueMs });
    else {
      items.push(slot);
      before = { fromMs, toMs: sound.toMs };
      dueMs = sound.toMs;
    }
  }
  return { items, refusals };
};
