import type { Id } from '#schemas/primitives.ts';

/** What can be told apart by its bulletin. */
type Item = { readonly id: Id };

/** How often each bulletin occurs. */
const countById = (items: readonly Item[]): Map<Id, number> => {
  const counts = new Map<Id, number>();
  for (const { id } of items) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
};

/** Whether the items can stand in a row after `before` without the same one twice running. */
export const canAlternate = (items: readonly Item[], before: Id | null): boolean => {
  for (const [id, count] of countById(items)) {
    const places = id === before ? items.length : items.length + 1;
    if (2 * count > places) return false;
  }
  return true;
};

/** The one bulletin that must come now, because it fills more than half of what is left. */
const pressing = (left: readonly Item[]): Id | undefined => {
  for (const [id, count] of countById(left)) if (2 * count - 1 >= left.length) return id;
  return undefined;
};

const nextIndex = (left: readonly Item[], last: Id | null): number => {
  const must = pressing(left);
  const wanted = left.findIndex((item) => item.id !== last && (must ?? item.id) === item.id);
  if (wanted >= 0) return wanted;
  return Math.max(
    0,
    left.findIndex((item) => item.id !== last),
  );
};

/**
 * The items in their given order as far as possible, moved only so that none follows itself, nor
 * `before`, while there is another. Source: AIRTIME.md, 5.
 */
export const arrange = <T extends Item>(items: readonly T[], before: Id | null): T[] => {
  const left = [...items];
  const arranged: T[] = [];
  // What fills more than half cannot wait for another: better it follows itself once, at the start.
  let last = canAlternate(items, before) ? before : null;
  while (left.length > 0) {
    const [item] = left.splice(nextIndex(left, last), 1);
    if (item === undefined) break;
    arranged.push(item);
    last = item.id;
  }
  return arranged;
};
