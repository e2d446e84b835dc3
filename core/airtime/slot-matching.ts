import type { Slot } from '#schemas/playlist.ts';
import type { Sound } from './sounds.ts';

/** Which sounds belong to which of a session's slots (by index), and which to none. */
export interface MatchedSounds {
  readonly bySlot: ReadonlyMap<number, readonly Sound[]>;
  readonly unmatched: readonly Sound[];
}

/**
 * Puts each sound of a session, in the order of the log, to the slot it was played for: the one at
 * the offset that its record names, when that slot holds the same item. A record that names another
 * offset, or none, was written under an earlier version of the playlist: it goes to the first slot
 * with the same item to which nothing was put yet. What holds no item of the session goes nowhere.
 */
export const matchSounds = (slots: readonly Slot[], sounds: readonly Sound[]): MatchedSounds => {
  const bySlot = new Map<number, Sound[]>();
  const unmatched: Sound[] = [];
  const put = (sound: Sound, index: number): void => {
    const sofar = bySlot.get(index);
    if (sofar === undefined) bySlot.set(index, [sound]);
    else sofar.push(sound);
  };
  const moved: Sound[] = [];
  for (const sound of sounds) {
    const index = slots.findIndex((slot) => isAtOffset(slot, sound) && isSameItem(slot, sound));
    if (index < 0) moved.push(sound);
    else put(sound, index);
  }
  for (const sound of moved) {
    const index = slots.findIndex((slot, at) => !bySlot.has(at) && isSameItem(slot, sound));
    if (index < 0) unmatched.push(sound);
    else put(sound, index);
  }
  return { bySlot, unmatched };
};

const isAtOffset = ({ offsetMs }: Slot, { record }: Sound): boolean =>
  record.slotOffsetMs === offsetMs;

const isSameItem = (slot: Slot, { record: { item } }: Sound): boolean =>
  item.kind === slot.kind &&
  item.clip === (slot.clip?.sha256 ?? null) &&
  item.bulletin === slot.bulletin;
