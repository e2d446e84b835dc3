import { neededMsOf } from '#core/airtime/occurrences.ts';
import { longestRunMs } from '#core/plan/qualify.ts';
import { type Interlocks, slotRefusal } from '#core/playback/interlocks.ts';
import { slotLengthMs } from '#core/playback/segment.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import { MAX_SLOTS_PER_SESSION, type Session, type Slot } from '#schemas/playlist.ts';
import type { RefusalReason } from '#schemas/records/reasons.ts';

/** What a make-good is put together from. */
export interface RepayingSlotsInput {
  readonly missed: Session;
  /** All slots of today's playlist that may stand in for what may not sound any more. */
  readonly candidates: readonly Slot[];
  readonly rule: AirtimeRule;
  /** When the make-good begins, in epoch milliseconds. */
  readonly startMs: number;
  readonly locks: Interlocks;
}

/**
 * The slots of a session that repays the missed one under the rule: its own clips, less those that
 * may not sound at their new place (withdrawn, expired, not there), gapless, and where these are too
 * short more of the campaign's from today's playlist, in turn. A live item or a relay cannot be
 * repeated. Without a way, the reason why. The hour itself is not looked at.
 */
export const repayingSlots = (
  input: RepayingSlotsInput,
): { readonly slots: readonly Slot[]; readonly reason: RefusalReason | null } => {
  const own = permittedSlots(input.missed.slots.filter(isRepeatable), input);
  const slots = fillUp(own.slots, input);
  return { slots, reason: isShort(slots, input) ? (own.reason ?? 'noRoom') : null };
};

/** Whether the slots, aired whole, are too little for the rule. */
const isShort = (slots: readonly Slot[], { missed, rule }: RepayingSlotsInput): boolean =>
  longestRunMs({ ...missed, slots: [...slots] }, rule) < neededMsOf(rule);

const isRepeatable = ({ clip, priority }: Slot): boolean =>
  clip !== null && priority !== 'emergency';

/** The slots without those that may not sound where they come to stand, and the last reason why. */
const permittedSlots = (
  given: readonly Slot[],
  input: RepayingSlotsInput,
): { readonly slots: readonly Slot[]; readonly reason: RefusalReason | null } => {
  let slots = closeUp(given);
  let reason: RefusalReason | null = null;
  for (let left = slots.length; left > 0; left -= 1) {
    const wrong = slots.findIndex((slot) => refusalAt(slot, input) !== null);
    const slot = slots[wrong];
    if (slot === undefined) break;
    reason = refusalAt(slot, input);
    slots = closeUp(slots.filter((_, index) => index !== wrong));
  }
  return { slots, reason };
};

const refusalAt = (slot: Slot, { startMs, locks }: RepayingSlotsInput): RefusalReason | null => {
  const fromMs = startMs + slot.offsetMs;
  const sound = { fromMs, toMs: fromMs + slotLengthMs(slot) };
  return slotRefusal(slot, { sound, before: null }, { ...locks, quiet: [] });
};

/** Gapless, in the given order. */
const closeUp = (slots: readonly Slot[]): readonly Slot[] => {
  let offsetMs = 0;
  return slots.map((slot) => {
    const moved = { ...slot, offsetMs, durationMs: slotLengthMs(slot) };
    offsetMs += moved.durationMs;
    return moved;
  });
};

/** More of the campaign right behind its last item, each in turn, until the rule has enough. */
const fillUp = (own: readonly Slot[], input: RepayingSlotsInput): readonly Slot[] => {
  const { rule } = input;
  if (!isShort(own, input)) return own;
  let turn = turnOf(own, input);
  let slots = own;
  while (isShort(slots, input) && slots.length < MAX_SLOTS_PER_SESSION) {
    const at = placeForMore(slots, rule);
    const longerBy = (slot: Slot) => closeUp(slots.toSpliced(at, 0, slot));
    const mayStand = (slot: Slot) => refusalAt(longerBy(slot)[at] ?? slot, input) === null;
    const next = turn.find(mayStand);
    if (next === undefined) return slots;
    slots = longerBy(next);
    turn = [...turn.filter((slot) => slot !== next), next];
  }
  return permittedSlots(slots, input).slots;
};

const isOfRule = ({ campaigns }: Slot, rule: AirtimeRule): boolean =>
  campaigns.includes(rule.campaign);

/** Behind the campaign's last item; where there is none, behind the ident. */
const placeForMore = (slots: readonly Slot[], rule: AirtimeRule): number => {
  const last = slots.findLastIndex((slot) => isOfRule(slot, rule));
  return last >= 0 ? last + 1 : slots.findLastIndex(({ role }) => role === 'ident') + 1;
};

/** Each of the campaign's clips once, those first that the session does not hold yet. */
const turnOf = (
  own: readonly Slot[],
  { candidates, rule }: RepayingSlotsInput,
): readonly Slot[] => {
  const nameOf = ({ clip, bulletin }: Slot) => `${clip?.sha256} ${bulletin}`;
  const held = new Set(own.map(nameOf));
  const usable = candidates.filter((slot) => isRepeatable(slot) && isOfRule(slot, rule));
  const once = [...new Map(usable.map((slot) => [nameOf(slot), slot])).values()];
  return [
    ...once.filter((slot) => !held.has(nameOf(slot))),
    ...once.filter((slot) => held.has(nameOf(slot))),
  ];
};
