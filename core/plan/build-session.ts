import type { Session, Slot } from '#schemas/playlist.ts';
import type { Id } from '#schemas/primitives.ts';
import { plannedSessionId } from '#schemas/session.ts';
import { arrange } from './arrange.ts';
import { fillRun } from './fill-run.ts';
import type { LeastFill } from './least-fill.ts';
import type { FrameItem, PlanBulletin } from './plan-input.ts';
import { byUrgency, inTurn } from './rotation.ts';

/** A part of a session: bulletins that belong to all of the campaigns, in one run. */
export interface Part {
  readonly campaigns: readonly Id[];
  readonly targetMs: number;
  /** Whose turn it is comes first; `least` gives that up where the session would not fit. */
  readonly order: 'turn' | 'least';
}

export interface SessionWanted {
  readonly startMs: number;
  readonly parts: readonly Part[];
  readonly bulletins: readonly PlanBulletin[];
  readonly frame: readonly FrameItem[];
  /** When each bulletin was last played before this session. */
  readonly last: ReadonlyMap<Id, number>;
  readonly latestStartMin: number;
  readonly volume: number | null;
  readonly leastFill: LeastFill;
}

type Item = PlanBulletin | FrameItem;

const frameOrder = { ident: 0, hotline: 1, closing: 2 } as const;

const rankOf = ({ rank }: FrameItem): number => rank ?? 0;

/** In the order in which they stand: every hotline, and of idents and closings the first by rank. */
export const standing = (frame: readonly FrameItem[]): readonly FrameItem[] => {
  const found = new Set<FrameItem['role']>();
  return [...frame]
    .sort((a, b) => frameOrder[a.role] - frameOrder[b.role] || rankOf(a) - rankOf(b))
    .filter(({ role }) => {
      const isFirst = !found.has(role);
      found.add(role);
      return isFirst || role === 'hotline';
    });
};

const itemToSlot = (item: Item, offsetMs: number): Slot => ({
  offsetMs,
  durationMs: item.clip.durationMs,
  kind: 'clip',
  clip: item.clip,
  bulletin: 'role' in item ? item.bulletin : item.id,
  campaigns: 'role' in item ? [] : [...item.campaigns].sort(),
  role: 'role' in item ? item.role : 'bulletin',
  priority: 'role' in item ? 'normal' : item.priority,
  validFromMs: item.validFromMs,
  expiresMs: item.expiresMs,
});

/** Slots without a gap: each begins where the exact lengths before it end. */
export const itemsToSlots = (items: readonly Item[]): Slot[] => {
  let offsetMs = 0;
  return items.map((item) => {
    const slot = itemToSlot(item, offsetMs);
    offsetMs += slot.durationMs;
    return slot;
  });
};

/** How long the session lasts, in milliseconds. */
export const sessionLengthMs = (session: Session): number => {
  const last = session.slots.at(-1);
  return last === undefined ? 0 : last.offsetMs + last.durationMs;
};

/** When a session ends if it begins as planned. */
export const sessionEndMs = (session: Session): number =>
  (session.startMs ?? 0) + sessionLengthMs(session);

/** The bulletins of all parts in order: what is mandatory and no part's own, then part by part. */
const fillParts = (wanted: SessionWanted): PlanBulletin[] | undefined => {
  const { parts, bulletins, last, leastFill } = wanted;
  const mandatory = bulletins.filter((each) => each.priority === 'priority').sort(byUrgency);
  const ofPart = (part: Part) => (each: PlanBulletin) =>
    part.campaigns.every((campaign) => each.campaigns.includes(campaign));
  const foreign = mandatory.filter((each) => !parts.some((part) => ofPart(part)(each)));
  const filled: PlanBulletin[] = [...foreign];
  let before = foreign.at(-1)?.id ?? latestOf(bulletins, last);
  for (const part of parts) {
    const own = bulletins.filter(ofPart(part));
    const due = mandatory.filter((each) => ofPart(part)(each) && !filled.includes(each));
    const turn = inTurn(own, last);
    const rotation = [...turn.filter((each) => !due.includes(each)), ...due];
    const { targetMs } = part;
    const run =
      part.order === 'turn' && !own.some(({ once }) => once)
        ? fillRun({ targetMs, rotation, mandatory: due, before, leastFill })
        : leastFill({ targetMs, items: rotation, mandatory: due });
    if (run === undefined || run.length === 0) return undefined;
    filled.push(...arrange(run, before));
    before = filled.at(-1)?.id ?? before;
  }
  return filled;
};

/** The bulletin that was played last of all. */
const latestOf = (bulletins: readonly PlanBulletin[], last: ReadonlyMap<Id, number>): Id | null => {
  let latest: Id | null = null;
  for (const { id } of bulletins) {
    if ((last.get(id) ?? -1) > (latest === null ? -1 : (last.get(latest) ?? -1))) latest = id;
  }
  return latest;
};

/** Whether the slot lies in its validity when its session begins at `startMs`. */
export const mayStand = (slot: Slot | undefined, startMs: number): boolean =>
  slot !== undefined &&
  slot.validFromMs <= startMs + slot.offsetMs &&
  startMs + slot.offsetMs + slot.durationMs <= slot.expiresMs;

/**
 * A session that starts at `startMs` and holds every part's run, gapless, ident first and closing
 * last; bulletins that would sound outside their validity are left out and the rest filled anew.
 * Undefined when no such session can be built. Source: AIRTIME.md, 5.
 */
export const buildSession = (wanted: SessionWanted): Session | undefined => {
  let { bulletins, frame } = wanted;
  for (let left = bulletins.length + frame.length; left >= 0; left -= 1) {
    const filled = fillParts({ ...wanted, bulletins });
    if (filled === undefined || filled.length === 0) return undefined;
    const around = standing(frame);
    const items = [
      ...around.filter((item) => item.role === 'ident'),
      ...filled,
      ...around.filter((item) => item.role !== 'ident'),
    ];
    const slots = itemsToSlots(items);
    const wrong = new Set(items.filter((_, index) => !mayStand(slots[index], wanted.startMs)));
    if (wrong.size === 0) return slotsToSession(wanted, slots);
    bulletins = bulletins.filter((each) => !wrong.has(each));
    frame = frame.filter((each) => !wrong.has(each));
  }
  return undefined;
};

const slotsToSession = (wanted: SessionWanted, slots: Slot[]): Session => ({
  id: plannedSessionId(wanted.startMs),
  startMs: wanted.startMs,
  latestStartMin: wanted.latestStartMin,
  drill: false,
  priority: 'normal',
  volume: wanted.volume,
  slots,
});
